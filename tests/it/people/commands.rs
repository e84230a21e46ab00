//! `cartwright user`, run as the program that operators run.

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

use cartwright::domain::auth::{self, Audience, Credentials};

use crate::{make::people::PASSWORD, support::TestShop};

/// Runs the program on this shop's database with this standard input.
async fn cartwright(shop: &TestShop, arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cartwright"));
    command.args(arguments).env("DATABASE_URL", &shop.app.settings.database_url);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let input = input.to_owned();
    let run = tokio::task::spawn_blocking(move || {
        let mut child = command.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        // A program that met a mistake before it needed the password may have ended already.
        drop(stdin.write_all(input.as_bytes()));
        drop(stdin);
        child.wait_with_output().expect("the program ends")
    });
    run.await.expect("the program was run")
}

fn told(output: &[u8]) -> String {
    String::from_utf8_lossy(output).into_owned()
}

async fn signs_in(shop: &TestShop, email: &str, password: &str, audience: Audience) -> bool {
    let credentials = Credentials { email: email.to_owned(), password: password.to_owned() };
    auth::sign_in(&shop.app.database, &shop.app.auth, credentials, audience).await.is_ok()
}

#[tokio::test]
async fn an_admin_is_made_with_a_piped_password_once() {
    let shop = TestShop::new().await;
    let create = ["user", "create", "--email", "Boss@Example.com", "--role", "ADMIN", "--first-name", "Bo"];
    let made = cartwright(&shop, &create, &format!("{PASSWORD}\r\n")).await;
    assert!(made.status.success(), "{}", told(&made.stderr));
    assert!(!told(&made.stdout).contains(PASSWORD), "a given password is not repeated");
    assert!(signs_in(&shop, "boss@example.com", PASSWORD, Audience::Staff).await);

    let again = cartwright(&shop, &create, PASSWORD).await;
    assert_eq!(again.status.code(), Some(1));
    assert!(told(&again.stderr).contains("there already"), "{}", told(&again.stderr));
}

#[tokio::test]
async fn without_a_password_one_is_generated_and_printed() {
    let shop = TestShop::new().await;
    let made = cartwright(&shop, &["user", "create", "--email", "c@example.com", "--role", "customer"], "").await;
    assert!(made.status.success(), "{}", told(&made.stderr));
    let printed = told(&made.stdout);
    let password = printed.lines().find_map(|line| line.strip_prefix("password: ")).expect("a password is printed");
    assert_eq!(password.len(), 20);
    assert!(signs_in(&shop, "c@example.com", password, Audience::Storefront).await);
    assert!(!signs_in(&shop, "c@example.com", password, Audience::Staff).await);
}

#[tokio::test]
async fn a_new_password_replaces_the_old_one_and_ends_the_sessions() {
    let shop = TestShop::new().await;
    shop.customer("ada@example.com").await;
    let tokens = shop.sign_in("ada@example.com", Audience::Storefront).await.tokens;
    let set = ["user", "set-password", "--email", "ada@example.com", "--password-stdin"];
    let done = cartwright(&shop, &set, "another fine password").await;
    assert!(done.status.success(), "{}", told(&done.stderr));
    assert!(!signs_in(&shop, "ada@example.com", PASSWORD, Audience::Storefront).await);
    assert!(signs_in(&shop, "ada@example.com", "another fine password", Audience::Storefront).await);
    let renewed = auth::renew(&shop.app.database, &shop.app.auth, &tokens.refresh_token, Audience::Storefront).await;
    assert!(renewed.is_err());
}

#[tokio::test]
async fn mistakes_are_told_in_plain_words_with_a_failing_exit_code() {
    let shop = TestShop::new().await;
    for (arguments, input, expected) in [
        (&["user", "set-password", "--email", "nobody@example.com"][..], PASSWORD, "no account"),
        (&["user", "create", "--email", "nobody", "--role", "STAFF"], PASSWORD, "email: give an e-mail address"),
        (&["user", "create", "--email", "a@example.com", "--role", "STAFF"], "short", "password: choose a password"),
        (&["user", "create", "--email", "a@example.com", "--role", "STAFF", "--password-stdin"], "", "no password"),
    ] {
        let output = cartwright(&shop, arguments, input).await;
        let message = told(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{message}");
        assert!(message.contains(expected), "{message}");
        assert!(!message.contains("panicked"), "{message}");
    }
}
