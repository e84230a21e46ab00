//! A mail server of a test's own (RFC 5321, as much as a sender needs): it keeps what it accepts, and refuses when told.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use super::letters::Letter;

/// A mail that was accepted.
#[derive(Clone, Debug)]
pub struct Received {
    pub to: Vec<String>,
    pub raw: String,
}

impl Received {
    pub fn letter(&self) -> Letter {
        Letter::parse(&self.raw)
    }
}

#[derive(Debug, Default)]
struct Mind {
    received: Vec<Received>,
    /// What recipients are answered, so many times.
    refusal: Option<(String, usize)>,
    /// How many mails are accepted without a word, the connection cut instead.
    silent: usize,
}

/// A mail server on the loopback. It stops when dropped.
pub struct Postbox {
    pub address: SocketAddr,
    mind: Arc<Mutex<Mind>>,
    serving: JoinHandle<()>,
}

impl Postbox {
    pub async fn open() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let (address, mind) = (listener.local_addr().expect("an address"), Arc::<Mutex<Mind>>::default());
        let shared = Arc::clone(&mind);
        let serving = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(serve(client, Arc::clone(&shared)));
            }
        });
        Self { address, mind, serving }
    }

    /// Answers the next recipients like this.
    pub fn refuse(&self, answer: &str, times: usize) {
        self.mind.lock().expect("the mind").refusal = Some((answer.to_owned(), times));
    }

    /// Keeps the next mails and cuts the connection instead of saying so.
    pub fn keep_silently(&self, times: usize) {
        self.mind.lock().expect("the mind").silent = times;
    }

    pub fn received(&self) -> Vec<Received> {
        self.mind.lock().expect("the mind").received.clone()
    }

    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }
}

impl Drop for Postbox {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(client: TcpStream, mind: Arc<Mutex<Mind>>) -> Option<()> {
    let (reading, mut writing) = client.into_split();
    let mut lines = BufReader::new(reading).lines();
    writing.write_all(b"220 postbox\r\n").await.ok()?;
    let mut to = Vec::new();
    loop {
        let line = lines.next_line().await.ok()??;
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        let answer = match &*verb {
            "EHLO" => "250-postbox\r\n250 8BITMIME".to_owned(),
            "RCPT" => match refusal(&mind) {
                Some(answer) => answer,
                None => {
                    to.push(line.clone());
                    "250 fine".to_owned()
                }
            },
            "DATA" => {
                writing.write_all(b"354 go on\r\n").await.ok()?;
                let mut raw = String::new();
                loop {
                    let line = lines.next_line().await.ok()??;
                    if line == "." {
                        break;
                    }
                    raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                    raw.push_str("\r\n");
                }
                let mut mind = mind.lock().expect("the mind");
                mind.received.push(Received { to: std::mem::take(&mut to), raw });
                if mind.silent > 0 {
                    mind.silent -= 1;
                    return None;
                }
                "250 taken".to_owned()
            }
            "MAIL" | "RSET" | "NOOP" => "250 fine".to_owned(),
            "QUIT" => {
                writing.write_all(b"221 bye\r\n").await.ok()?;
                return None;
            }
            _ => "502 what?".to_owned(),
        };
        writing.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
    }
}

fn refusal(mind: &Mutex<Mind>) -> Option<String> {
    let mut mind = mind.lock().expect("the mind");
    let (answer, left) = mind.refusal.as_mut().filter(|(_, left)| *left > 0)?;
    *left -= 1;
    Some(answer.clone())
}
