//! Runs the stand-in: `stripe-stand-in --listen 127.0.0.1:12111 --webhook-url http://127.0.0.1:8080/webhooks/stripe
//! --webhook-secret whsec_stand_in`.

use std::process::ExitCode;

use stripe_stand_in::{Options, StandIn};

const USAGE: &str =
    "usage: stripe-stand-in [--listen ADDRESS] [--public-url URL] [--webhook-url URL] [--webhook-secret SECRET]";

fn options() -> Result<Options, String> {
    let mut options = Options { listen: std::net::SocketAddr::from(([127, 0, 0, 1], 12_111)), ..Options::default() };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().ok_or(USAGE)?;
        match word.as_str() {
            "--listen" => options.listen = value.parse().map_err(|_| format!("{value} is no address\n{USAGE}"))?,
            "--public-url" => options.public_url = Some(value.trim_end_matches('/').to_owned()),
            "--webhook-url" => options.webhook_url = Some(value),
            "--webhook-secret" => options.webhook_secret = value,
            _ => return Err(USAGE.to_owned()),
        }
    }
    Ok(options)
}

#[tokio::main]
async fn main() -> ExitCode {
    let options = match options() {
        Ok(options) => options,
        Err(usage) => {
            eprintln!("{usage}");
            return ExitCode::FAILURE;
        }
    };
    match StandIn::start(options.clone()).await {
        Ok(stand_in) => {
            println!("Stripe's stand-in answers at {}", stand_in.url());
            if options.webhook_url.is_none() {
                println!("It tells nobody: give --webhook-url to hear of payments.");
            }
            tokio::select! { () = stand_in.stopped() => {}, _ = tokio::signal::ctrl_c() => stand_in.stop() }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("cannot listen on {}: {error}", options.listen);
            ExitCode::FAILURE
        }
    }
}
