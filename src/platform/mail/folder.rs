//! Mails as files, for a shop that has no mail server yet: any mail program opens them.

use std::path::PathBuf;

use tokio::io::AsyncWriteExt;

use super::{Mail, MailError, Mailer, Sender};

/// Puts each mail into a folder, as `<time>-<id>.eml`. A mail that comes again replaces its file.
#[derive(Debug)]
pub struct FolderMailer {
    folder: PathBuf,
    sender: Sender,
}

impl FolderMailer {
    /// Mails go into this folder, which is made with the first one.
    #[must_use]
    pub fn new(folder: PathBuf, sender: Sender) -> Self {
        Self { folder, sender }
    }

    async fn write(&self, mail: &Mail, bytes: &[u8]) -> std::io::Result<()> {
        tokio::fs::create_dir_all(&self.folder).await?;
        let name = format!("{}-{}", mail.at.format("%Y%m%dT%H%M%S"), mail.id);
        // Whoever looks into the folder never sees half a mail.
        let (half, whole) = (self.folder.join(format!("{name}.part")), self.folder.join(format!("{name}.eml")));
        let mut file = tokio::fs::File::create(&half).await?;
        file.write_all(bytes).await?;
        file.sync_all().await?;
        tokio::fs::rename(half, whole).await
    }
}

#[async_trait::async_trait]
impl Mailer for FolderMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let message = self.sender.message(mail)?;
        let written = self.write(mail, &message.formatted()).await;
        written.map_err(|error| MailError::Unavailable(format!("{}: {error}", self.folder.display())))
    }

    fn place(&self) -> String {
        format!("the folder {}", self.folder.display())
    }
}
