//! Messages 4000–4999: the browser and its pages.

use super::messages;

messages! {
    /// Nothing like it is on the page.
    NOT_FOUND = "YK4001" (looked_for, near, fields, title, seconds) {
        ja "画面「{title}」に「{looked_for}」が見つかりません（{seconds}秒待ちました）。[[near|この画面にある似たもの：「{near}」。]][[fields|この画面の見出し：「{fields}」]]"
            / "画面の文字が変わったなら、シナリオの文字を今の画面に合わせてください。別の画面が出ているなら、その前のステップを確かめてください。\
               この画面にあるものは、yakin run ボット --step でここまで進めて l を押すと、貼れる形で一覧できます。";
        en "The page “{title}” does not show “{looked_for}” (waited {seconds} s).[[near| Similar things on it: “{near}”.]][[fields| Its headings: “{fields}”]]"
            / "If the page's words have changed, change them in the scenario too. If it is another page, look at the steps before. \
               What the page has is listed, ready to be pasted, by `l` where yakin run BOT --step has come to.";
    }
    /// Several things fit.
    AMBIGUOUS = "YK4002" (looked_for, count) {
        ja "「{looked_for}」に当てはまるものが画面に{count}つあり、どれか決められません。"
            / "within:（どのまわりか）か nth:（上から何番目か）を書き足してください。\
               表の row: には、1行に決まる文字を書いてください。";
        en "“{looked_for}” fits {count} things on the page."
            / "Add within: (near what) or nth: (the how manieth). For row: of a table, give text that only one row has.";
    }
    /// It is there, but not shown.
    TARGET_HIDDEN = "YK4003" (looked_for) {
        ja "「{looked_for}」は画面にありますが、表示されていません。" / "先に開くもの（タブや「詳細」など）がないか確かめてください。";
        en "“{looked_for}” is there but not shown." / "See whether something has to be opened first (a tab, a detail).";
    }
    /// It is greyed out.
    TARGET_DISABLED = "YK4004" (looked_for) {
        ja "「{looked_for}」は、今は使えない（灰色の）状態です。" / "先に入れるべき欄や選ぶべきものがないか、画面を確かめてください。";
        en "“{looked_for}” is greyed out." / "See whether a field has to be filled or something chosen first.";
    }
    /// It cannot be written to.
    TARGET_READ_ONLY = "YK4005" (looked_for) {
        ja "「{looked_for}」は、書きこめない欄です。" / "自動で入る欄なら、このステップから除いてください。";
        en "“{looked_for}” cannot be written to." / "If the page fills it by itself, take it out of the step.";
    }
    /// It does not come to rest.
    TARGET_MOVING = "YK4006" (looked_for) {
        ja "「{looked_for}」が動き続けていて、押せません。" / "画面の表示が終わらないようです。手で開いて確かめてください。";
        en "“{looked_for}” does not come to rest." / "The page seems never to finish: open it by hand and look.";
    }
    /// Something lies over it.
    TARGET_COVERED = "YK4007" (looked_for, by) {
        ja "「{looked_for}」の上に「{by}」が重なっていて、押せません。" / "重なっているお知らせや窓を閉じるステップを、前に入れてください。";
        en "“{by}” lies over “{looked_for}”." / "Add a step before that closes what lies over it.";
    }
    /// The page changed what was typed.
    VALUE_NOT_HELD = "YK4008" (field, wanted, held) {
        ja "欄「{field}」に入れた値が、画面に残りません（{wanted}文字のうち{held}文字）。"
            / "欄の文字数の制限や、決められた書き方（全角・半角、ハイフン）を確かめてください。";
        en "The field “{field}” does not keep its value ({held} of {wanted} characters)." / "Check the field's limits and the form it wants (width, hyphens).";
    }
    /// A list without the wanted entry.
    NO_OPTION = "YK4009" (field, wanted, options, others) {
        ja "欄「{field}」に、選択肢「{wanted}」がありません。[[options|あるもの：「{options}」]][[others|（ほか {others} 個）]]" / "元の表の値か、シナリオの文字を、画面の選択肢に合わせてください。";
        en "The field “{field}” has no entry “{wanted}”.[[options| There are: “{options}”]][[others| (and {others} more)]]" / "Make the table's value or the scenario's text one of them.";
    }
    /// A dialog nobody expected.
    DIALOG_OPEN = "YK4010" () {
        ja "思っていなかった確認の窓が開いています。" / "窓の文字を確かめ、答えてよいものなら browser.dialog のステップを入れてください。";
        en "A dialog is open that was not expected." / "Read what it says; if it may be answered, add a browser.dialog step.";
    }
    /// No dialog came.
    NO_DIALOG = "YK4011" () {
        ja "確認の窓が開きません。" / "窓が出なくなったのなら、このステップを除いてください。前のステップで押せているかも確かめてください。";
        en "No dialog came." / "If the page no longer asks, take the step out; see also whether the step before was done.";
    }
    /// No such window.
    NO_WINDOW = "YK4012" (looked_for, titles) {
        ja "[[looked_for|「{looked_for}」の]]窓がありません。[[titles|開いている窓：「{titles}」]]" / "窓が開く前のステップと、窓の題名を確かめてください。";
        en "There is no such window[[looked_for|: “{looked_for}”]].[[titles| Open are: “{titles}”]]" / "Check the step that opens it, and its title.";
    }
    /// A key's name is not known.
    UNKNOWN_KEY_NAME = "YK4013" (name) {
        ja "「{name}」というキーはありません。" / "Enter、Tab、Escape、F1〜F12、ctrl+a のように書いてください。";
        en "There is no key “{name}”." / "Write it like Enter, Tab, Escape, F1 to F12, ctrl+a.";
    }
    /// A sign does not come.
    SIGN_NOT_SEEN = "YK4014" (looked_for, expected, near, fields, title) {
        ja "画面「{title}」に「{looked_for}」が見えません[[expected|（値「{expected}」）]]。[[near|似たもの：「{near}」。]][[fields|この画面の見出し：「{fields}」]]" / "画面の文字が変わっていないか、別の画面になっていないか確かめてください。";
        en "The page “{title}” does not show “{looked_for}”[[expected| with “{expected}”]].[[near| Similar: “{near}”.]][[fields| Its headings: “{fields}”]]" / "See whether its words have changed, or whether it is another page.";
    }
    /// The address cannot be loaded.
    PAGE_UNREACHABLE = "YK4020" (url, code) {
        ja "{url} につながりません（{code}）。" / "相手のシステムが動いているか、ネットワークがつながっているか、アドレスが正しいかを確かめてください。";
        en "{url} cannot be reached ({code})." / "Check that the system is up, the network is connected and the address is right.";
    }
    /// The page takes too long.
    PAGE_SLOW = "YK4021" () {
        ja "相手のシステムが、待っても応答しません。" / "混んでいるか、止まっているかもしれません。手で開いて確かめてください。";
        en "The other system did not answer in time." / "It may be busy or down: open it by hand and look.";
    }
    /// A script broke in the page.
    PAGE_SCRIPT = "YK4022" (detail) {
        ja "画面の中で、思わぬ誤りが起きました（{detail}）。" / "もう一度動かしてください。続くときは、その画面を手で開いて、いつもどおりに動くか確かめ、この文を運用担当に伝えてください。";
        en "Something unforeseen failed in the page ({detail})." / "Run again; if this goes on, open the page by hand to see whether it works, and tell the operator these words.";
    }
    /// A selector that is none.
    SELECTOR_WRONG = "YK4023" (detail) {
        ja "`css:` または `xpath:` の書き方が、ブラウザーに読めません（{detail}）。" / "`button: 次へ` や `field: 受付番号` のように、画面に見えている文字で書くのが確かです。`css:` のまま使うなら、かっこ [ ] ( ) と引用符の閉じ忘れを直してください。";
        en "The browser cannot read what `css:` or `xpath:` says ({detail})." / "Words that are seen on the page are surer, as in `button: Next` or `field: Number`. If it has to be `css:`, look for a bracket or quote that is not closed.";
    }
    /// An address that was not granted.
    ADDRESS_FORBIDDEN = "YK4030" (address) {
        ja "アドレス「{address}」は、このシナリオでは開けません。" / "システムのアドレスか、許可されたアドレス（http・https）だけを開けます。必要なら運用担当に許可を頼んでください。";
        en "The scenario may not open “{address}”." / "It may open the system's pages and granted hosts (http, https); ask the operator for a grant.";
    }
    /// A link or redirect led away from what was granted.
    PAGE_STRANGE = "YK4032" (origin) {
        ja "画面が、許可されていない接続先「{origin}」に移ったので、何も読まず、何も入力していません。" / "正しい接続先なら、運用担当に頼んで office.yaml の grants の hosts に「{origin}」を加えてください。";
        en "The page went to “{origin}”, which is not granted, so nothing was read and nothing was typed." / "If that is right, ask the operator to add “{origin}” to the grant's hosts in office.yaml.";
    }
    /// A path without a system.
    NO_SYSTEM_ADDRESS = "YK4031" (address) {
        ja "「{address}」がどのシステムの画面か分かりません。" / "シナリオに system: を書くか、http から始まるアドレスにしてください。";
        en "Nobody can tell which system “{address}” belongs to." / "Write system: in the scenario, or an address that begins with http.";
    }
    /// The driver program is missing.
    DRIVER_MISSING = "YK4040" (program) {
        ja "ブラウザーを動かすプログラム（{program}）がありません。" / "Debian・Ubuntu では apt install chromium-driver で入ります。ほかの機械では、ブラウザーと同じ版の chromedriver を、PATH の通った所に置いてください。";
        en "The program that drives the browser ({program}) is missing." / "On Debian or Ubuntu: apt install chromium-driver. Elsewhere put the chromedriver of the browser's version into a folder of the PATH.";
    }
    /// The browser is missing.
    BROWSER_MISSING = "YK4041" () {
        ja "ブラウザー（Chrome、Edge、Chromium）が見つかりません。" / "Debian・Ubuntu では apt install chromium で入ります。";
        en "No browser (Chrome, Edge, Chromium) was found." / "On Debian or Ubuntu: apt install chromium";
    }
    /// The browser did not start.
    BROWSER_NOT_STARTED = "YK4042" (detail) {
        ja "ブラウザーを始められません（{detail}）。" / "メモリーとディスクの空きを確かめて、もう一度動かしてください。続くときは、この文を運用担当に伝えてください。";
        en "The browser did not start ({detail})." / "Check that memory and disk have room and run again; if this goes on, tell the operator these words.";
    }
    /// Driver and browser do not fit.
    DRIVER_VERSION = "YK4043" (browser, driver) {
        ja "ブラウザー（{browser}）と、動かすプログラム（{driver}用）の版が合いません。" / "ブラウザーと同じ版の chromedriver に入れ替えてください。";
        en "The browser ({browser}) and its driver (for {driver}) do not fit." / "Install the chromedriver of the browser's version.";
    }
    /// The browser has ended.
    BROWSER_ENDED = "YK4044" () {
        ja "ブラウザーが途中で終わりました。" / "続くときは、メモリーの空きと、ほかの人が閉じていないかを確かめてください。";
        en "The browser has ended." / "If this goes on, check the memory, and that nobody closes it.";
    }
    /// The driver has ended.
    DRIVER_ENDED = "YK4045" () {
        ja "ブラウザーを動かすプログラムが途中で終わりました。" / "もう一度動かしてください。続くときは、メモリーの空きと、ブラウザーと chromedriver の版が同じかを確かめてください。";
        en "The browser's driver has ended." / "Run again; if this goes on, check the memory, and that browser and chromedriver have one version.";
    }
    /// A picture could not be masked.
    NOT_MASKED = "YK4046" () {
        ja "個人情報を塗りつぶせなかったため、写真を残しませんでした。" / "動き続ける画面では写真を撮れません。必要なら、このステップを除いてください。";
        en "Personal data could not be covered, so no picture was kept." / "A page that never rests cannot be pictured; take the step out if it is not needed.";
    }
    /// The driver answered something unforeseen.
    DRIVER_ANSWER = "YK4047" (detail) {
        ja "ブラウザーから思わぬ返事がありました（{detail}）。" / "もう一度動かしてください。続くときは、この文を運用担当に伝えてください。";
        en "The browser answered something unforeseen ({detail})." / "Run again; if this goes on, tell the operator these words.";
    }
    /// The browser's own folder failed.
    PROFILE_FOLDER = "YK4048" (path) {
        ja "ブラウザーの作業フォルダー（{path}）を使えません。" / "ディスクの空きと、フォルダーの権限を確かめてください。";
        en "The browser's working folder ({path}) cannot be used." / "Check the disk's room and the folder's rights.";
    }
    /// Arguments that are wrong once their expressions are worked out.
    ARGUMENTS_WRONG = "YK4050" (path, problem) {
        ja "ステップの「{path}」の値が合いません（{problem}）。" / "式の結果が、このステップの取る形になっているか確かめてください。";
        en "The value at “{path}” of the step does not fit ({problem})." / "Check that the expression gives what the step takes.";
    }
    /// A later locator of a bundle was needed.
    FOUND_BY_SPARE = "YK4060" (looked_for, place) {
        ja "「{looked_for}」が見つからず、{place}番目の探し方で見つけました。" / "画面が変わったようです。シナリオの1番目の書き方を直してください。";
        en "“{looked_for}” was not found; locator {place} of the list found it." / "The page seems to have changed: mend the first locator.";
    }
    /// The page shows a value in another form.
    FIELD_REFORMATTED = "YK4061" (field) {
        ja "欄「{field}」は、入れた値を画面が別の書き方（全角・半角、カンマなど）に変えました。" / "";
        en "The page shows the value of “{field}” in another form (width, commas)." / "";
    }
    /// Only a part of the name fits.
    FOUND_BY_PART = "YK4063" (looked_for, name) {
        ja "「{looked_for}」と同じ名前はなく、それを含む「{name}」を使いました。" / "これでよければ、シナリオの文字を画面のとおりに直してください。";
        en "Nothing is called “{looked_for}”; “{name}”, which holds it, was used." / "If that is right, write the page's own words in the scenario.";
    }
    /// A process outlived being killed.
    BROWSER_NOT_ENDED = "YK4062" (pid) {
        ja "前のブラウザー（プロセス {pid}）を終わらせることができません。" / "このパソコンでそのプロセスを終わらせるか、再起動してから、もう一度動かしてください。";
        en "The earlier browser (process {pid}) cannot be ended." / "End that process or restart this machine, then run again.";
    }
}
