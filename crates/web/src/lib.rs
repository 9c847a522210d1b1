//! What people open in a browser: sign-in, their lists, the administrator's page; and health, readiness and numbers.
//!
//! Pages are made on the server and need no script. What a reader may see is decided in `domain::access`.

mod admin;
mod asks;
mod away;
mod callback;
mod cookies;
mod error;
mod following;
mod guard;
mod health;
mod help;
mod known;
mod list;
mod metrics;
mod mine;
mod note;
mod page;
mod read_log;
mod receivers;
mod reception;
pub mod report;
mod say;
mod set_up;
mod settings;
mod sign_in;
mod source;
mod unit;
mod visit;
mod words;

use admin::people_file;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};
use clock::{Beat, Clock};
use domain::calendars::ClosedDays;
use domain::number::NumberPlan;
use domain::policy::Policy;
use domain::retention::Retention;
use domain::rounds::Schedule;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;
use std::sync::Arc;
use store::Store;
use store::sources::Sources;
use tokio::sync::Mutex;
use tower_http::csrf::CsrfLayer;
use workalendar::WorkCalendar;

pub use admin::mail::{MailText, MailTexts};
pub use following::Counted;
pub use known::Known;
pub use page::{icon_path, style_path};
pub use sign_in::let_in;

/// What the pages work with. Clones share everything.
#[derive(Debug, Clone)]
pub struct App {
    pub store: Store,
    pub clock: Clock,
    pub policy: Arc<Policy>,
    pub calendar: Arc<WorkCalendar>,
    /// Days on which only some units are closed.
    pub closed_days: Arc<ClosedDays>,
    /// What is erased, and when.
    pub retention: Arc<Retention>,
    /// When rounds go out.
    pub schedule: Schedule,
    /// The organisation's name.
    pub organisation: Arc<str>,
    /// The mail address of the organisation's reception.
    pub reception: Option<String>,
    /// How people here write numbers.
    pub plan: NumberPlan,
    /// Scheme and host as people reach us.
    pub public_url: String,
    /// The directory, read when it changed.
    pub known: Known,
    pub sources: Sources,
    /// Mails go to a mail server, and not to a folder.
    pub mails_leave: bool,
    /// Above 0 while the mail server takes nothing.
    pub mail_held: Gauge,
    /// What mails say.
    pub mail_texts: MailTexts,
    /// What a source can be made for in the browser.
    pub pbxs: Arc<[Pbx]>,
    /// Whether a secret has the form that an adapter needs; else what to write, in English, and never the secret.
    pub check_secret: fn(&str, &str) -> Result<(), String>,
    /// What follow-up has counted lately.
    pub counted: Counted,
    /// When the scheduler last went through everything.
    pub passed: Beat,
    /// What the other crates count while the process runs.
    pub registry: Arc<Registry>,
    /// One scrape at a time asks the database.
    pub scraping: Arc<Mutex<()>>,
}

/// A PBX that a source can be made for.
#[derive(Debug, Clone, Copy)]
pub struct Pbx {
    pub adapter: &'static str,
    /// The PBX or its vendor makes the secret; else we do.
    pub secret_by_vendor: bool,
}

impl App {
    /// Whether people reach us by https.
    pub(crate) fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// Pages, `/healthz`, `/readyz`; `/metrics` as well unless it has an address of its own.
pub fn router(app: App, with_metrics: bool) -> Router {
    let probes =
        Router::new().route("/healthz", get(health::healthz)).route("/readyz", get(health::readyz));
    let probes =
        if with_metrics { probes.route("/metrics", get(metrics::metrics)) } else { probes };
    // A file comes in these forms.
    let files = Router::new()
        .route("/admin/people/file", get(people_file::file).post(people_file::look))
        .route("/admin/people/file/apply", post(people_file::apply))
        .layer(DefaultBodyLimit::max(people_file::LARGEST_FORM));
    let pages = Router::new()
        .route("/", get(sign_in::front))
        .route("/nothing", get(sign_in::nothing))
        .route("/sign-in", get(sign_in::ask).post(sign_in::send))
        .route("/sign-in/sent", get(sign_in::sent))
        .route("/sign-in/{token}", get(sign_in::open).post(sign_in::enter))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/sign-out/everywhere", post(sign_in::sign_out_everywhere))
        .route("/signed-out", get(sign_in::signed_out))
        .route("/help", get(help::help))
        .route("/accessibility", get(help::accessibility))
        .route("/language", post(sign_in::language))
        .route("/mine", get(mine::mine))
        .route("/mine/figures", get(mine::figures::figures))
        .route("/unit", get(unit::unit))
        .route("/follow-up", get(following::follow_up))
        .route("/follow-up/csv", get(following::csv))
        .route("/follow-up/sign", post(following::sign))
        .route("/callbacks/{id}", get(callback::show))
        .route("/callbacks/{id}/open", post(callback::open))
        .route("/callbacks/{id}/attempt", post(callback::attempt))
        .route("/callbacks/{id}/resolve", post(callback::resolve))
        .route("/callbacks/{id}/undo", post(callback::undo))
        .route("/callbacks/{id}/take", post(callback::take))
        .route("/callbacks/{id}/offer", post(callback::offer))
        .route("/callbacks/{id}/accept", post(callback::accept))
        .route("/callbacks/{id}/decline", post(callback::decline))
        .route("/callbacks/{id}/agree", post(callback::agree))
        .route("/note", get(note::note).post(note::take))
        .route("/reception", get(reception::reception))
        .route("/settings", get(settings::settings).post(settings::save))
        .route("/away", get(away::away).post(away::add))
        .route("/away/{id}/remove", post(away::remove))
        .route("/admin", get(admin::admin))
        .route("/admin/replay", post(admin::replay))
        .route("/admin/people", get(admin::people::people))
        .route("/admin/people/file.csv", get(people_file::download))
        .route("/admin/calendar", get(admin::calendar::calendar).post(admin::calendar::close))
        .route("/admin/calendar/{id}/remove", post(admin::calendar::open))
        .route("/admin/policy", get(admin::policy::policy))
        .route("/admin/mail", get(admin::mail::mail))
        .route("/admin/retention", get(admin::retention::protocol))
        .route("/admin/read-log", get(read_log::read_log))
        .route("/admin/set-up", get(set_up::set_up))
        .route("/admin/set-up/mail", post(set_up::test_mail))
        .route("/admin/sources/new", get(source::new).post(source::make))
        .route("/admin/sources/{name}", get(source::source))
        .route("/admin/sources/{name}/rotate", post(source::rotate))
        .route("/admin/sources/{name}/end-old", post(source::end_old_secrets))
        .route("/admin/sources/{name}/end", post(source::end))
        .route("/admin/sources/{name}/replay", post(source::replay))
        .merge(files)
        .fallback(guard::not_found)
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn_with_state(app.clone(), guard::forbidden))
        .route("/static/{name}", get(page::file))
        .layer(middleware::from_fn(guard::headers));
    probes.merge(pages).with_state(app)
}

/// `/metrics` alone, for an address of its own.
pub fn metrics_router(app: App) -> Router {
    Router::new().route("/metrics", get(metrics::metrics)).with_state(app)
}
