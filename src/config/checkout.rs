//! The settings of checkout and payment.

use std::{str::FromStr, time::Duration};

use entity::payment::payment::CaptureMethod;

use super::Reader;

/// Who says when the money of a payment is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capture {
    /// The client that completes the checkout.
    Client,
    /// The shop, whatever a client asks for.
    Shop(CaptureMethod),
}

impl Capture {
    /// When the money is taken whatever a client asks for; `None`: as it asks.
    #[must_use]
    pub const fn fixed(self) -> Option<CaptureMethod> {
        match self {
            Self::Client => None,
            Self::Shop(method) => Some(method),
        }
    }
}

impl FromStr for Capture {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "client" => Ok(Self::Client),
            "automatic" => Ok(Self::Shop(CaptureMethod::Automatic)),
            "manual" => Ok(Self::Shop(CaptureMethod::Manual)),
            _ => Err(()),
        }
    }
}

/// Checkout and payment.
#[derive(Clone, Debug)]
pub struct Checkout {
    /// How long stock is held for a payment.
    pub hold: Duration,
    /// How long a gateway may take inside a request.
    pub gateway_timeout: Duration,
    /// How often expired holds and payments in doubt are looked for.
    pub sweep_interval: Duration,
    /// Age at which a payment whose outcome is unknown is asked about at its gateway.
    pub chase_after: Duration,
    /// How long a gateway may know nothing of a payment before that is believed.
    pub latest_arrival: Duration,
    /// How often gateways' books are compared with ours.
    pub reconcile_interval: Duration,
    /// Who says when money is taken.
    pub capture: Capture,
}

impl Checkout {
    pub(super) fn read(reader: &mut Reader) -> Self {
        Self {
            hold: reader.seconds("stock_hold_seconds", 900.0, 1.0, 86_400.0),
            gateway_timeout: reader.seconds("gateway_timeout_seconds", 6.0, 0.1, 60.0),
            sweep_interval: reader.seconds("sweep_interval_seconds", 5.0, 0.05, 60.0),
            chase_after: reader.seconds("payment_chase_seconds", 10.0, 0.1, 900.0),
            latest_arrival: reader.seconds("payment_arrival_seconds", 600.0, 1.0, 86_400.0),
            reconcile_interval: reader.seconds("reconcile_seconds", 3_600.0, 0.05, 86_400.0),
            capture: reader.parsed("capture", Capture::Client, "client, automatic or manual"),
        }
    }
}
