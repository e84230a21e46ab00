//! Events appended to a file, one JSON document a line, for operators without a broker.

use std::path::PathBuf;

use tokio::{
    fs::{File, OpenOptions},
    io::AsyncWriteExt,
    sync::Mutex,
};

use crate::platform::outbox::{DeliveryError, EventSink, Published};

/// Appends events to a file. A line is whole once the batch it belongs to was synchronised to the disk; after a crash the
/// last lines may come twice, and the very last may be cut.
#[derive(Debug)]
pub struct FileSink {
    path: PathBuf,
    open: Mutex<Option<Open>>,
}

#[derive(Debug)]
struct Open {
    file: File,
    /// Lines that were taken and not yet written.
    lines: Vec<u8>,
}

impl FileSink {
    /// Appends to this file, which is made when it is not there. Opened at the first event, and anew after a failure.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self { path, open: Mutex::default() }
    }

    async fn open(&self) -> std::io::Result<Open> {
        if let Some(folder) = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            tokio::fs::create_dir_all(folder).await?;
        }
        let mut file = OpenOptions::new().create(true).append(true).read(true).open(&self.path).await?;
        // A line that a crash cut short must not run into the next one.
        let cut = ends_amid_a_line(&mut file).await?;
        Ok(Open { file, lines: if cut { b"\n".to_vec() } else { Vec::new() } })
    }
}

async fn ends_amid_a_line(file: &mut File) -> std::io::Result<bool> {
    use std::io::SeekFrom;
    use tokio::io::{AsyncReadExt, AsyncSeekExt};
    if file.metadata().await?.len() == 0 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-1)).await?;
    Ok(file.read_u8().await? != b'\n')
}

#[async_trait::async_trait]
impl EventSink for FileSink {
    fn name(&self) -> &str {
        "file"
    }

    async fn forget(&self) {
        let mut open = self.open.lock().await;
        if open.as_ref().is_some_and(|open| !open.lines.is_empty()) {
            // Opened anew at the next event, so that a line that was cut is looked for again.
            open.take();
        }
    }

    async fn deliver(&self, event: &Published) -> Result<(), DeliveryError> {
        let mut open = self.open.lock().await;
        if open.is_none() {
            *open = Some(self.open().await.map_err(|error| unavailable(&self.path, &error))?);
        }
        if let Some(open) = open.as_mut() {
            serde_json::to_writer(&mut open.lines, &event.to_json())
                .map_err(|error| DeliveryError::Refused(error.to_string()))?;
            open.lines.push(b'\n');
        }
        Ok(())
    }

    async fn flush(&self) -> Result<(), DeliveryError> {
        let mut open = self.open.lock().await;
        // Taken out: after a failure, or when it is dropped halfway, the next event opens the file anew.
        let Some(mut writing) = open.take() else { return Ok(()) };
        let written = async {
            writing.file.write_all(&writing.lines).await?;
            writing.file.flush().await?;
            writing.file.sync_data().await
        };
        written.await.map_err(|error| unavailable(&self.path, &error))?;
        writing.lines.clear();
        *open = Some(writing);
        Ok(())
    }
}

fn unavailable(path: &std::path::Path, error: &std::io::Error) -> DeliveryError {
    DeliveryError::Unavailable(format!("{}: {error}", path.display()))
}
