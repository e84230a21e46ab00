//! People who can sign in: customers and staff in one table.

use sea_orm::entity::prelude::*;

use crate::ids::AccountId;

/// What an account may be used for. A customer sign-in of a staff account carries no permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    /// Buys.
    Customer,
    /// Runs the shop, without managing staff and applications.
    Staff,
    /// May do everything.
    Admin,
}

/// One account.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccountId,
    /// E-mail address as given.
    pub email: String,
    /// E-mail address folded: unique.
    pub email_key: String,
    /// Argon2id hash in PHC form.
    pub password_hash: String,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// E-mail address, names and phone, folded, for staff to search in.
    pub search_text: String,
    /// Customer, staff or admin.
    pub role: Role,
    /// Whether mail about offers is welcome.
    pub accepts_marketing: bool,
    /// When it was disabled.
    pub disabled_at: Option<DateTimeUtc>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
