//! `cartwright user`: making accounts and setting passwords, for the operator.

use std::io::{BufRead, IsTerminal, Read};

use anyhow::{Context, bail};
use clap::{Args, Subcommand, ValueEnum};

use super::Common;
use crate::{
    app::{self, App},
    domain::{
        auth::{self, NewAccount, Profile, Refusal, Role},
        shared::Failure,
    },
    platform::Sources,
};

/// Longest line read as a password. What is too long is refused with a message, not cut.
const MOST_BYTES: u64 = 64 * 1_024;

/// Make accounts and set their passwords.
#[derive(Debug, Args)]
pub struct User {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make an account. Its password is the first line of standard input when that is piped; else one is generated and
    /// printed once.
    Create {
        /// E-mail address.
        #[arg(long)]
        email: String,
        /// What the account is for.
        #[arg(long, value_enum, ignore_case = true)]
        role: AccountRole,
        /// Given name.
        #[arg(long)]
        first_name: Option<String>,
        /// Family name.
        #[arg(long)]
        last_name: Option<String>,
        #[command(flatten)]
        password: PasswordSource,
    },
    /// Give an account a new password, in the same way, and end all its sign-ins.
    SetPassword {
        /// E-mail address.
        #[arg(long)]
        email: String,
        #[command(flatten)]
        password: PasswordSource,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "SCREAMING_SNAKE_CASE")]
enum AccountRole {
    /// Buys.
    Customer,
    /// Runs the shop.
    Staff,
    /// May do everything.
    Admin,
}

impl AccountRole {
    fn to_role(self) -> Role {
        match self {
            Self::Customer => Role::Customer,
            Self::Staff => Role::Staff,
            Self::Admin => Role::Admin,
        }
    }
}

#[derive(Debug, Args)]
struct PasswordSource {
    /// Read the password from standard input even when it is a terminal; refuse an empty one.
    #[arg(long)]
    password_stdin: bool,
}

/// A password, and whether it was generated and must be shown.
struct NewPassword {
    text: String,
    generated: bool,
}

impl PasswordSource {
    fn read(&self) -> anyhow::Result<NewPassword> {
        let input = std::io::stdin();
        if self.password_stdin || !input.is_terminal() {
            let mut line = String::new();
            input.lock().take(MOST_BYTES).read_line(&mut line).context("cannot read the password")?;
            let text = line.trim_end_matches(['\r', '\n']);
            if !text.is_empty() {
                return Ok(NewPassword { text: text.to_owned(), generated: false });
            }
            if self.password_stdin {
                bail!("standard input holds no password");
            }
        }
        Ok(NewPassword { text: auth::generate_password(), generated: true })
    }
}

/// Runs the command.
///
/// # Errors
/// A refusal or a fault, in plain words.
pub fn run(common: &Common, user: User) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        match user.command {
            Command::Create { email, role, first_name, last_name, password } => {
                let password = password.read()?;
                let app = open(common).await?;
                let profile = Profile { first_name, last_name, ..Profile::default() };
                let new = NewAccount { email, password: password.text.clone(), role: role.to_role(), profile };
                let account = auth::create_account(&app.database, &app.auth, new).await.map_err(in_words)?;
                println!("created {}", account.email);
                show(&password);
            }
            Command::SetPassword { email, password } => {
                let password = password.read()?;
                let app = open(common).await?;
                let set = auth::set_password(&app.database, &app.auth, &email, &password.text).await;
                set.map_err(in_words)?;
                println!("password of {} set; all its sign-ins ended", email.trim());
                show(&password);
            }
        }
        Ok(())
    })
}

async fn open(common: &Common) -> anyhow::Result<App> {
    let settings = common.settings(([127, 0, 0, 1], 0).into())?;
    let database = app::open_database(&settings).await?;
    App::new(settings, database, Sources::system()).await
}

fn show(password: &NewPassword) {
    if password.generated {
        println!("password: {}", password.text);
    }
}

/// On the command line the operator may hear that an address is in use.
fn in_words(failure: Failure<Refusal>) -> anyhow::Error {
    match failure {
        Failure::Error(error) => anyhow::anyhow!("{error}"),
        Failure::Refused(refusals) => {
            let words = refusals.iter().map(|refusal| match (refusal, refusal.field()) {
                (Refusal::EmailTaken, _) => "an account with this e-mail address is there already".to_owned(),
                (refusal, Some(field)) => format!("{field}: {refusal}"),
                (refusal, None) => refusal.to_string(),
            });
            anyhow::anyhow!(words.collect::<Vec<_>>().join("; "))
        }
    }
}
