//! The mail with a link to sign in by. It goes at once, at any hour (R24).

use crate::{Notifier, mime, recipients};
use domain::rounds::Recipient;
use store::deliveries::Delivery;
use store::token::Token;
use store::{StoreError, Tx, accounts, deliveries, people, sign_in_links};

const KIND: &str = "sign_in";

impl Notifier {
    /// Writes the next link that was asked for into a mail; `false` when none was. Only the mail holds its secret.
    pub(crate) async fn render_link(&self, tx: &Tx) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let Some(asked) = sign_in_links::take(tx, now).await? else { return Ok(false) };
        let token = Token::random()?;
        sign_in_links::arm(tx, asked.id, token.hash()).await?;
        let Some(account) = accounts::find(tx, asked.account).await? else { return Ok(true) };
        let directory = people::directory(tx, self.calendar.local_date(now)).await?;
        let Some(recipient) = recipients::at(&account.address, &directory) else { return Ok(true) };
        let link = format!("{}/sign-in/{}", self.public_url, token.expose());
        let id = self.clock.new_id();
        let text = self.texts.sign_in(&recipient, &link);
        let mail = text.map_err(|e| e.to_string()).and_then(|text| {
            mime::mail(id, KIND, &self.sender, &recipient, &text, now).map_err(|e| e.to_string())
        });
        let body = match mail {
            Ok(body) => body,
            Err(error) => {
                tracing::error!(link = %asked.id, error, "a mail could not be written");
                return Ok(true);
            }
        };
        let delivery = Delivery {
            id,
            round: asked.id,
            kind: KIND,
            recipient: Recipient::Account { account: account.id },
            address: recipient.address,
            body,
            created_at: now,
            expires_at: asked.expires_at,
        };
        deliveries::insert(tx, delivery).await?;
        Ok(true)
    }
}
