//! Tables of stock.

pub mod location;
pub mod reservation;
pub mod stock_level;
pub mod stock_movement;
