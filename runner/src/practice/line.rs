//! Connections that a handler can cut, for the faults in which an answer is lost on its way.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// The handle by which a request's own connection is cut: how many bytes may still go out.
#[derive(Clone)]
pub(super) struct Line(Arc<AtomicUsize>);

impl Line {
    fn new() -> Self {
        Line(Arc::new(AtomicUsize::new(usize::MAX)))
    }

    /// Lets so many bytes more reach the client, then ends the connection.
    pub(super) fn cut_after(&self, bytes: usize) {
        self.0.store(bytes, Ordering::Release);
    }

    /// The bytes that may go out now; an error when the line is cut.
    fn allow<'a>(&self, bytes: &'a [u8]) -> io::Result<&'a [u8]> {
        match self.0.load(Ordering::Acquire) {
            0 => Err(io::ErrorKind::ConnectionAborted.into()),
            left => Ok(&bytes[..left.min(bytes.len())]),
        }
    }

    /// Counts what went out; a whole line stays whole.
    fn count(&self, sent: usize) {
        let left = self.0.load(Ordering::Acquire);
        if left != usize::MAX {
            self.0.store(left.saturating_sub(sent), Ordering::Release);
        }
    }
}

impl Connected<IncomingStream<'_, Lines>> for Line {
    fn connect_info(stream: IncomingStream<'_, Lines>) -> Self {
        stream.io().line.clone()
    }
}

/// A listener whose connections each carry a [`Line`].
pub(super) struct Lines(pub(super) TcpListener);

impl Listener for Lines {
    type Io = LineStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (LineStream, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        (
            LineStream {
                stream,
                line: Line::new(),
            },
            address,
        )
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// A TCP stream that refuses to write once its line is cut.
pub(super) struct LineStream {
    stream: TcpStream,
    line: Line,
}

impl AsyncRead for LineStream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for LineStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let allowed = self.line.allow(buf)?;
        let sent = ready!(Pin::new(&mut self.stream).poll_write(cx, allowed))?;
        self.line.count(sent);
        Poll::Ready(Ok(sent))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
