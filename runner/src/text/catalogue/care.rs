//! Messages 7180–7229: what the doctor finds, and what is said of kits.

use super::messages;

messages! {
    /// The browser.
    CARE_BROWSER = "YK7180" (version, path) {
        ja "ブラウザー {version}（{path}）" / "";
        en "browser {version} ({path})" / "";
    }
    /// The driver.
    CARE_DRIVER = "YK7181" (version, path) {
        ja "chromedriver {version}（{path}）。ブラウザーの版と合っています。" / "";
        en "chromedriver {version} ({path}); it fits the browser" / "";
    }
    /// No browser, or no driver.
    CARE_PROGRAM_MISSING = "YK7182" (program, command, bring) {
        ja "{program} が見つかりません。" / "[[command|入れる命令：{command}　／　]]網につながらない機械なら、持ち込むもの：{bring}。つながる機械で yakin kit make に入れておけば、持ち込んだ先で yakin kit check がハッシュ（SHA256SUMS）を確かめます。";
        en "{program} cannot be found." / "[[command|To install it: {command}. ]]On a closed network, bring: {bring}. Packed with `yakin kit make` on another machine, its hash (SHA256SUMS) is checked here by `yakin kit check`.";
    }
    /// Browser and driver of different versions.
    CARE_VERSIONS_DIFFER = "YK7183" (browser, driver, command, bring) {
        ja "ブラウザーは {browser}、chromedriver は {driver} です。最初の数字が同じでないと動きません。" / "[[command|そろえる命令：{command}　／　]]網につながらない機械なら、持ち込むもの：{bring}（ハッシュは yakin kit check が確かめます）。";
        en "The browser is {browser}, chromedriver is {driver}: their first numbers must be equal." / "[[command|To make them so: {command}. ]]On a closed network, bring: {bring} (`yakin kit check` checks its hash).";
    }
    /// A program that does not say its version.
    CARE_VERSION_UNKNOWN = "YK7184" (program, path, said) {
        ja "{program}（{path}）は、版を答えません。[[said|「{said}」]]" / "端末で {path} --version を実行して、何と言うかを確かめてください。";
        en "{program} ({path}) does not say its version.[[said| It says: {said}]]" / "Run {path} --version in a terminal to see what it says.";
    }
    /// A program whose shared library is missing.
    CARE_LIBRARY_MISSING = "YK7185" (program, library, command, bring) {
        ja "{program} が、ライブラリー {library} がないために動きません。" / "[[command|入れる命令：{command}　／　]]網につながらない機械なら、持ち込むもの：{bring}（必要なライブラリーの .deb も一緒に）。";
        en "{program} cannot run: the library {library} is missing." / "[[command|To install it: {command}. ]]On a closed network, bring: {bring}, with the packages of the libraries that it needs.";
    }
    /// A trial start.
    CARE_TRIAL = "YK7186" (browser) {
        ja "ためしに起動して、白いページを開けました（{browser}）。" / "";
        en "started for a trial; it opened a blank page ({browser})" / "";
    }
    /// A trial start that failed.
    CARE_TRIAL_FAILED = "YK7187" (cause, said) {
        ja "ためしに起動しましたが、動きません。{cause}[[said|ブラウザーの言葉：「{said}」]]" / "上の行にブラウザーか chromedriver の × があれば、それを先に直してください。なければ、この文を運用担当に知らせてください。";
        en "A trial start failed: {cause}[[said| The browser says: {said}]]" / "Mend what is marked × for the browser and its driver first; if nothing is, show this to whoever runs yakin.";
    }
    /// No sandbox for the browser.
    CARE_NO_SANDBOX = "YK7188" () {
        ja "ブラウザーが、安全のための囲い（サンドボックス）を作れないので動きません。" / "この機械の管理者に、一般の利用者の user namespace を許してもらってください：sudo sysctl -w kernel.unprivileged_userns_clone=1（Ubuntu 23.10 からは kernel.apparmor_restrict_unprivileged_userns=0）";
        en "The browser cannot make its sandbox, so it does not start." / "Ask the administrator to allow user namespaces: sudo sysctl -w kernel.unprivileged_userns_clone=1 (since Ubuntu 23.10: kernel.apparmor_restrict_unprivileged_userns=0)";
    }
    /// The browser's folder cannot be written.
    CARE_PROFILE = "YK7189" (path, detail) {
        ja "ブラウザーのためのフォルダー「{path}」に書けません。（{detail}）" / "持ち主と権限を確かめてください：ls -ld {path}";
        en "The browser's folder “{path}” cannot be written. ({detail})" / "Check its owner and rights: ls -ld {path}";
    }
    /// Not tried.
    CARE_NOT_TRIED = "YK7190" () {
        ja "起動は試していません。" / "先に、上の × を直してください。";
        en "not tried" / "Mend what is marked × above first.";
    }
    /// Fonts.
    CARE_FONTS = "YK7191" () { ja "日本語の字が出ます。" / ""; en "Japanese is drawn as Japanese" / ""; }
    /// No Japanese fonts.
    CARE_NO_FONTS = "YK7192" (command, bring) {
        ja "日本語の字がありません。写真の字が、全部四角（□）になります。" / "[[command|入れる命令：{command}　／　]]網につながらない機械なら、持ち込むもの：{bring}";
        en "There is no font for Japanese: pictures will show boxes." / "[[command|To install one: {command}. ]]On a closed network, bring: {bring}";
    }
    /// Fonts could not be looked at.
    CARE_FONTS_UNKNOWN = "YK7193" () {
        ja "ブラウザーが動かないので、日本語の字が出るかは分かりません。" / "ブラウザーを直してから、もう一度調べてください。";
        en "Whether Japanese is drawn cannot be known: the browser does not start." / "Mend the browser, then look again.";
    }
    /// Memory.
    CARE_MEMORY = "YK7194" (left) { ja "メモリーの空き {left}" / ""; en "{left} of memory left" / ""; }
    /// Little memory.
    CARE_MEMORY_LOW = "YK7195" (left) {
        ja "メモリーの空きが {left} しかありません。ブラウザーが途中で落ちることがあります。" / "使っていないプログラムを終わらせるか、ブラウザーの動く機械を分けてください。";
        en "Only {left} of memory is left; the browser may die while at work." / "End programs that nobody uses, or run the browser on another machine.";
    }
    /// Models of the text recognition.
    CARE_MODELS = "YK7196" (count) {
        ja "文字認識のモデル {count} 個。この版の夜勤は文字認識を行わないので、なくてもかまいません。" / "";
        en "models installed: {count}; this version recognises no text yet, so none is needed" / "";
    }
    /// The store.
    CARE_STORE = "YK7197" (engine, schema) {
        ja "{engine}（表の版 {schema}）。書いて、読んで、壊れていないことを確かめました。" / "";
        en "{engine} (schema {schema}); written, read and checked" / "";
    }
    /// The store is damaged.
    CARE_STORE_DAMAGED = "YK7198" (detail) {
        ja "記録のデータベースが壊れています。（{detail}）" / "夜勤を動かさず、.yakin フォルダーを丸ごと写して残してから、バックアップの .yakin に戻してください。戻すまで実行すると、同じ登録を二度行うおそれがあります。";
        en "The database is damaged. ({detail})" / "Run nothing. Keep a copy of the whole .yakin folder, then put back its last backup: until then, something might be registered twice.";
    }
    /// The journal of SQLite is not the one that survives a crash well.
    CARE_STORE_JOURNAL = "YK7199" (journal) {
        ja "記録のデータベースが WAL で動いていません（{journal}）。共有フォルダーの上にあるのかもしれません。" / "事務所のフォルダーを、この機械のディスクに移してください。何台かで使うなら、office.yaml の storage を PostgreSQL にしてください。";
        en "The database does not work with a WAL ({journal}); it may stand on a shared folder." / "Move the office to a disk of this machine, or, for several machines, set `storage` in office.yaml to PostgreSQL.";
    }
    /// The store's clock is another one.
    CARE_STORE_CLOCK = "YK7200" (seconds) {
        ja "データベースの時計が、この機械と {seconds} 秒違います。" / "どちらの機械も、庁内の時刻サーバー（NTP）に合わせてください：timedatectl";
        en "The database's clock differs from this machine's by {seconds} s." / "Set both machines by the office's time server (NTP): timedatectl";
    }
    /// The clock.
    CARE_CLOCK = "YK7201" (now, zone) { ja "いま {now}（{zone}）" / ""; en "now {now} ({zone})" / ""; }
    /// A year that cannot be.
    CARE_CLOCK_WRONG = "YK7202" (now) {
        ja "時計が {now} になっています。正しくありません。" / "この機械の時計を合わせてください：sudo timedatectl set-time '年-月-日 時:分:秒'";
        en "The clock says {now}, which cannot be." / "Set it: sudo timedatectl set-time 'YYYY-MM-DD HH:MM:SS'";
    }
    /// The last run lies in the future.
    CARE_CLOCK_BACK = "YK7203" (now, last) {
        ja "時計が戻っています。いま {now} なのに、最後の実行は {last} に始まっています。" / "この機械の時計を合わせてください。合っているなら、そのときの時計が進んでいたのです。その時刻を過ぎるまで、記録の順が入れ替わって見えます。";
        en "The clock has gone back: it is {now}, but the last run began at {last}." / "Set the clock. If it is right now, it was ahead then, and what is written until that time seems out of order.";
    }
    /// The clock jumped while we looked.
    CARE_CLOCK_JUMP = "YK7204" (seconds) {
        ja "調べている間に、時計が {seconds} 秒飛びました。" / "時刻合わせがくり返されていないか、仮想マシンの時刻同期が二重になっていないかを確かめてください：timedatectl";
        en "The clock jumped by {seconds} s while this was looked at." / "See whether two services set it against each other (a virtual machine's host and NTP): timedatectl";
    }
    /// The host's time zone is another one than the office's.
    CARE_CLOCK_ZONE = "YK7205" (now, zone, host) {
        ja "いま {now}（{zone}）。この機械の時間帯は UTC{host} ですが、夜勤は事務所の時間帯で動くので、このままでかまいません。cron や systemd から夜勤を起動するときだけ、その時刻は UTC{host} で書いてください。" / "";
        en "now {now} ({zone}); this machine's time zone is UTC{host}, which needs no action: yakin works in the office's. Only if cron or systemd starts yakin, write their times in UTC{host}" / "";
    }
    /// The file system's clock is another one.
    CARE_CLOCK_SHARE = "YK7206" (path, seconds) {
        ja "「{path}」のある所（共有フォルダーのサーバーなど）の時計が、この機械と {seconds} 秒違います。" / "サーバーの時計を合わせてもらってください。ファイルの日時で新しさを判断する仕事に影響します。";
        en "The clock of what holds “{path}” (a file server?) differs by {seconds} s." / "Have the server's clock set: files seem older or newer than they are.";
    }
    /// Room on the disk.
    CARE_DISK = "YK7207" (path, free, percent) {
        ja "「{path}」の空き {free}（{percent} %）" / "";
        en "{free} free ({percent} %) for “{path}”" / "";
    }
    /// Little room on the disk.
    CARE_DISK_LOW = "YK7208" (path, free, percent) {
        ja "「{path}」の空きが {free}（{percent} %）しかありません。" / "要らないファイルを移すか消すかしてください。何が大きいか：du -sh {path}/*";
        en "Only {free} ({percent} %) is free for “{path}”." / "Move or delete what nobody needs. What is big: du -sh {path}/*";
    }
    /// No room on the disk.
    CARE_DISK_FULL = "YK7209" (path, free) {
        ja "「{path}」の空きが {free} しかなく、記録を書き残せません。" / "夜勤を動かす前に、要らないファイルを移すか消すかしてください。何が大きいか：du -sh {path}/*";
        en "Only {free} is free for “{path}”: nothing could be recorded." / "Before any run, move or delete what nobody needs. What is big: du -sh {path}/*";
    }
    /// The office's folders.
    CARE_FOLDERS = "YK7210" (count) {
        ja "{count} 個のフォルダーがあり、読み書きできます。" / "";
        en "folders there and writable: {count}" / "";
    }
    /// A folder is missing.
    CARE_FOLDER_MISSING = "YK7211" (path) {
        ja "フォルダー「{path}」がありません。" / "作る命令：mkdir -p {path}";
        en "The folder “{path}” is missing." / "To make it: mkdir -p {path}";
    }
    /// A folder cannot be used.
    CARE_FOLDER_LOCKED = "YK7212" (path, detail) {
        ja "フォルダー「{path}」を使えません。（{detail}）" / "持ち主と権限を確かめてください：ls -ld {path}";
        en "The folder “{path}” cannot be used. ({detail})" / "Check its owner and rights: ls -ld {path}";
    }
    /// What is private is open to others.
    CARE_FOLDER_OPEN = "YK7213" (path, mode) {
        ja "「{path}」を、ほかの利用者も見られます。" / "持ち主だけにする命令：chmod {mode} {path}";
        en "Other users can read “{path}”." / "To keep it to its owner: chmod {mode} {path}";
    }
    /// The secrets.
    CARE_SECRETS = "YK7214" (count) {
        ja "預かっている秘密 {count} 個。期限の近いものはありません。" / "";
        en "secrets kept: {count}; none expires soon" / "";
    }
    /// A secret has expired.
    CARE_SECRET_EXPIRED = "YK7215" (name, day) {
        ja "秘密「{name}」の期限（{day}）が過ぎています。" / "相手のシステムでパスワードを変えてから：yakin secret set {name} --expires 次の期限";
        en "The secret “{name}” expired on {day}." / "Change it in its system, then: yakin secret set {name} --expires DAY";
    }
    /// A secret expires soon.
    CARE_SECRET_SOON = "YK7216" (name, day, days) {
        ja "秘密「{name}」の期限（{day}）まで、あと {days} 日です。" / "相手のシステムでパスワードを変えてから：yakin secret set {name} --expires 次の期限";
        en "The secret “{name}” expires on {day} (days left: {days})." / "Change it in its system, then: yakin secret set {name} --expires DAY";
    }
    /// A secret that a granted scenario uses is not kept.
    CARE_SECRET_MISSING = "YK7217" (name, bot) {
        ja "本番を許可されている「{bot}」の使う秘密「{name}」を、預かっていません。" / "預ける命令：yakin secret set {name}";
        en "“{bot}”, which is granted real work, uses the secret “{name}”, which is not kept." / "To set it: yakin secret set {name}";
    }
    /// A secret that goes nowhere.
    CARE_SECRET_NOWHERE = "YK7218" (name) {
        ja "秘密「{name}」の入力先が決まっていないので、どこにも入力できません。" / "決める命令：yakin secret set {name} --host 相手";
        en "The secret “{name}” is bound to no host, so it can be typed nowhere." / "To bind it: yakin secret set {name} --host HOST";
    }
    /// The scenarios.
    CARE_SCENARIOS = "YK7219" (count) {
        ja "シナリオとシステムのファイル {count} 個。間違いはありません。" / "";
        en "files of scenarios and systems: {count}; no mistakes" / "";
    }
    /// Scenarios with mistakes.
    CARE_SCENARIOS_WRONG = "YK7220" (wrong, count, files) {
        ja "{count} 個のファイルのうち {wrong} 個に間違いがあります（{files}）。それを使うボットは動きません。" / "場所と直し方を見る命令：yakin check";
        en "Files with mistakes: {wrong} of {count} ({files}). The bots that use them cannot run." / "To see where, and how to mend them: yakin check";
    }
    /// No scenario at all.
    CARE_NO_SCENARIO = "YK7221" () {
        ja "シナリオがありません。" / "scenarios フォルダーに置いてください。見本を作る命令：yakin init 新しいフォルダー";
        en "There is no scenario." / "Put one into scenarios. To make an example: yakin init FOLDER";
    }
    /// Nothing left over.
    CARE_NO_LEFTOVERS = "YK7222" (live) {
        ja "止まった実行の残り物はありません（動いている実行のブラウザー {live} 個）。" / "";
        en "nothing is left over (browsers of living runs: {live})" / "";
    }
    /// Leftovers of a dead run.
    CARE_LEFTOVERS = "YK7223" (processes, folders) {
        ja "途中で止まった実行の残り物があります：動いたままのブラウザーとドライバー {processes} 個、フォルダー {folders} 個。" / "次の yakin run が、始める前に片付けます。";
        en "A dead run left: browsers and drivers still running: {processes}; folders: {folders}." / "The next `yakin run` clears them away before it begins.";
    }
    /// What must not be packed.
    KIT_REFUSED = "YK7224" (path) {
        ja "「{path}」は、記録や秘密や個人情報かもしれないので、キットに入れません。" / "ブラウザーや文字認識のモデルだけが入ったフォルダーかファイルを指定してください。";
        en "“{path}” may hold records, secrets or personal data; it does not go into a kit." / "Name files or folders that hold nothing but a browser or models.";
    }
    /// No driver to pack.
    KIT_NO_DRIVER = "YK7225" () {
        ja "キットに入れる chromedriver が見つかりません。" / "--driver で、ファイルを指定してください。";
        en "There is no chromedriver to pack." / "Name its file with --driver.";
    }
    /// What is no kit.
    KIT_UNREADABLE = "YK7226" (path, detail) {
        ja "「{path}」を、キットとして読めません。（{detail}）" / "写し直してください。それでも読めなければ、つながる機械で yakin kit make をやり直してください。";
        en "“{path}” cannot be read as a kit. ({detail})" / "Copy it again; if it is still unreadable, make it again with `yakin kit make`.";
    }
    /// A file of the kit is not what the list says.
    KIT_DAMAGED = "YK7227" (file, detail) {
        ja "キットの「{file}」が、作ったときと違います（{detail}）。" / "使わないでください。写し直して、もう一度 yakin kit check で確かめてください。";
        en "“{file}” in the kit is not what was packed ({detail})." / "Do not use it. Copy the kit again and check it once more with `yakin kit check`.";
    }
    /// A kit that was made for another machine.
    KIT_OTHER_MACHINE = "YK7228" (made_for, here) {
        ja "このキットは {made_for} 用です。この機械は {here} です。" / "この機械と同じ種類の機械で、yakin kit make をやり直してください。";
        en "The kit was made for {made_for}; this machine is {here}." / "Make it again with `yakin kit make` on a machine like this one.";
    }
    /// A kit that is whole and fits.
    KIT_WHOLE = "YK7229" (files, made_for) {
        ja "{files} 個のファイルのハッシュが、目録と合いました（{made_for} 用）。" / "";
        en "hashes equal to the list: {files} (made for {made_for})" / "";
    }
}
