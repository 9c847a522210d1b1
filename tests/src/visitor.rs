//! Somebody with a browser, as far as HTTP goes: cookies are kept, redirects are looked at, forms are sent as pages have
//! them.

use crate::World;
use crate::binary::in_clear;
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use std::collections::BTreeMap;

/// A browser.
#[derive(Debug, Clone)]
pub struct Visitor {
    client: reqwest::Client,
    base: String,
    pub cookies: BTreeMap<String, String>,
    /// What `Sec-Fetch-Site` says of forms.
    pub from_site: &'static str,
    pub language: &'static str,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub location: String,
    pub set_cookie: String,
    pub headers: reqwest::header::HeaderMap,
    pub body: String,
}

impl Visitor {
    /// One that has never been here.
    pub fn new(world: &World) -> Self {
        let client = in_clear().redirect(Policy::none()).build().expect("a client");
        Self {
            client,
            base: world.base.clone(),
            cookies: BTreeMap::new(),
            from_site: "same-origin",
            language: "sv",
        }
    }

    /// From now on it looks at another process of the same installation.
    pub fn at(&mut self, base: &str) {
        base.clone_into(&mut self.base);
    }

    /// One that signed in by the link that was mailed to this address.
    pub async fn signed_in(world: &mut World, address: &str) -> Self {
        let mut visitor = Self::new(world);
        let link = visitor.ask_for_link(world, address).await;
        assert_eq!(visitor.post(&link, &[]).await.location, "/");
        visitor
    }

    /// The path of the link that is mailed to this address.
    pub async fn ask_for_link(&mut self, world: &mut World, address: &str) -> String {
        let asked = self.post("/sign-in", &[("address", address)]).await;
        assert_eq!((asked.status, asked.location.as_str()), (303, "/sign-in/sent"));
        world.work().await;
        let mails = world.mailbox(&address.to_lowercase()).0;
        let is_link = |mail: &&crate::Mail| mail.text.contains("/sign-in/");
        let mail = mails.iter().rfind(is_link).expect("a mail with a link");
        link_in(&mail.text, &self.base)
    }

    /// `GET`
    pub async fn get(&mut self, path: &str) -> Answer {
        let request = self.client.get(format!("{}{path}", self.base));
        self.send(request.header("accept-language", self.language)).await
    }

    /// `GET`, and on to where that leads.
    pub async fn open(&mut self, path: &str) -> Answer {
        let mut answer = self.get(path).await;
        while answer.status == 303 {
            answer = self.get(&answer.location.clone()).await;
        }
        answer
    }

    /// `POST` of a form.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.client.post(format!("{}{path}", self.base)).form(fields);
        let request = request.header("sec-fetch-site", self.from_site);
        self.send(request.header("accept-language", self.language)).await
    }

    /// `POST` of a form with a file in it, as the field `file`.
    pub async fn upload(&mut self, path: &str, file: &[u8]) -> Answer {
        let head = "--part\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\ncontent-type: text/csv\r\n\r\n";
        let body = [head.as_bytes(), file, b"\r\n--part--\r\n"].concat();
        let request = self.client.post(format!("{}{path}", self.base)).body(body);
        let request = request.header("content-type", "multipart/form-data; boundary=part");
        let request = request.header("sec-fetch-site", self.from_site);
        self.send(request.header("accept-language", self.language)).await
    }

    async fn send(&mut self, request: reqwest::RequestBuilder) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let response = request.header(COOKIE, cookies.join("; ")).send().await.expect("an answer");
        let headers = response.headers().clone();
        let text = |name| {
            let value =
                headers.get(name).and_then(|v: &reqwest::header::HeaderValue| v.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let set_cookie = text(SET_COOKIE);
        if let Some((name, value)) = set_cookie.split(';').next().and_then(|c| c.split_once('=')) {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let (status, location) = (response.status().as_u16(), text(LOCATION));
        let body = response.text().await.expect("a text");
        Answer { status, location, set_cookie, headers, body }
    }
}

/// The path of the one link to sign in by in a mail.
pub fn link_in(text: &str, base: &str) -> String {
    let from = text.find(&format!("{base}/sign-in/")).expect("a link to sign in by");
    let link = text[from..].split_whitespace().next().expect("a link has an end");
    link[base.len()..].to_owned()
}
