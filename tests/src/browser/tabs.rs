//! Several pages open at once.

use super::Browser;

impl Browser {
    /// Opens one more tab, empty, and turns to it.
    pub async fn new_tab(&self) {
        let opened = async {
            let tab = self.driver.new_tab().await?;
            self.driver.switch_to_window(tab).await
        };
        opened.await.expect("a tab opens");
        self.look(self.look.get()).await;
    }

    /// Turns to a tab, counted from 0 in the order that they were opened.
    pub async fn turn_to_tab(&self, n: usize) {
        let turned = async {
            let tab = self.driver.windows().await?.swap_remove(n);
            self.driver.switch_to_window(tab).await
        };
        turned.await.expect("the tab is there");
    }
}
