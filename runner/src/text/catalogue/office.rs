//! Messages 6000–9999.

use super::messages;

messages! {
    // 6000–6999: the store, its key, secrets.
    /// Another runner has the bot's work.
    STORE_TAKEN = "YK6001" (bot, run, host) {
        ja "「{bot}」は、いま別のところ（{host}、実行番号 {run}）で実行されています。" / "終わるのを待つか、その実行を止めてから、もう一度始めてください。";
        en "“{bot}” is being run elsewhere now (on {host}, run {run})." / "Wait until it has ended, or stop it, and start again.";
    }
    /// As many runs as may write into a system do so.
    TARGET_BUSY = "YK6010" (target, bot, run, host) {
        ja "{target} には、いま「{bot}」が登録しています（{host}、実行番号 {run}）。終わるのを待っています。" / "1つの利用者IDで同時に登録してよい数は、システムの定義の `writers:` です。";
        en "“{bot}” is registering in {target} now (on {host}, run {run}). Waiting for its end." / "How many may register with one account at one time is `writers:` in the system's file.";
    }
    /// A system is left alone for a while.
    TARGET_RESTS = "YK6011" (target, minutes) {
        ja "{target} が続けて応じなかったので、しばらく（あと {minutes} 分）待ってから、もう一度試します。" / "急ぐときは、相手のシステムが動いているかをブラウザーで確かめてください。";
        en "{target} has failed several times in a row. It is tried again in {minutes} minutes." / "If that is urgent, see in a browser whether the system works.";
    }
    /// The probe failed.
    TARGET_STILL_DOWN = "YK6012" (cause) {
        ja "相手のシステムがまだ応じないので、1件で実行を終えました。{cause}" / "相手のシステムが動くようになったら、もう一度実行してください。残りはそのときに処理します。";
        en "The other system does not answer yet, so the run ended after one item. {cause}" / "Run again when it works. What is left is worked then.";
    }
    /// A login that was refused is not tried again.
    LOGIN_NOT_AGAIN = "YK6013" (system) {
        ja "「{system}」は、前の実行で、この利用者IDとパスワードを受け付けませんでした。同じものをもう一度入れると、利用者IDが使えなくなるおそれがあるので、入れていません。"
            / "パスワードを確かめ、`yakin secret set` で入れ直してください。利用者IDが使えることを確かめたうえでそのまま試すときは、`yakin run --login-again` です。";
        en "“{system}” refused this user and password in an earlier run. Trying them again may lock the account, so it was not done."
            / "Check the password and set it with `yakin secret set`. If the account is known to work, try it as it is with `yakin run --login-again`.";
    }
    /// The run lost its lease to another runner.
    STORE_FENCED = "YK6002" () {
        ja "この実行は、別の実行に引き継がれたため、途中で終わりました。" / "引き継いだ実行の結果を見てください。二重に登録されることはありません。";
        en "This run ended early because another run has taken over its work." / "See the result of that run. Nothing is registered twice.";
    }
    /// A move that an item may not make: a mistake of the program, or two bots on one ledger.
    STORE_MOVE = "YK6003" () {
        ja "この件は、ほかの実行か担当者がすでに扱っています。" / "実行の結果で、この件の状態を確かめてください。";
        en "This item is already in the hands of another run or a person." / "See its state in the results of the run.";
    }
    /// The database failed.
    STORE_FAILED = "YK6004" (detail) {
        ja "記録を読み書きできませんでした（{detail}）。" / "ディスクの空きとデータベースの状態を確かめて、もう一度実行してください。済んだ件は繰り返されません。";
        en "The records could not be read or written ({detail})." / "Check the disk's free space and the database, and run again. What is done is not repeated.";
    }
    /// No room on the disk.
    STORE_FULL = "YK6005" () {
        ja "ディスクの空きがないため、記録できませんでした。" / "不要なファイルを消して空きを作り、もう一度実行してください。";
        en "There is no room on the disk to keep the records." / "Make room by removing files that are not needed, and run again.";
    }
    /// Sealed data cannot be opened.
    STORE_SEALED = "YK6006" () {
        ja "暗号化した記録を読めませんでした。書き換えられたか、壊れています。" / "バックアップから戻せるか、システム担当者に相談してください。";
        en "An encrypted record cannot be read: it was changed or damaged." / "Ask your system administrator whether it can be restored from a backup.";
    }
    /// A file of the store cannot be used.
    STORE_FILE = "YK6007" (path, detail) {
        ja "「{path}」を使えません（{detail}）。" / "このフォルダーとファイルを、実行する利用者が読み書きできるようにしてください。";
        en "“{path}” cannot be used ({detail})." / "Let the user who runs yakin read and write this folder and its files.";
    }
    /// The store's path is not text.
    STORE_PATH = "YK6008" (path) {
        ja "フォルダー名「{path}」に、文字として読めない部分があります。" / "フォルダーの名前を付け直してください。";
        en "The folder name “{path}” is not readable as text." / "Give the folder another name.";
    }
    /// The database does not answer.
    STORE_UNREACHABLE = "YK6009" (detail) {
        ja "記録のデータベースを開けません（{detail}）。" / "データベースが動いているか、office.yaml の接続先が正しいかを確かめてください。";
        en "The database of the records cannot be opened ({detail})." / "Check that it is running and that its address in office.yaml is right.";
    }
    /// SQLite is known to lose data.
    STORE_OLD_SQLITE = "YK6010" (version) {
        ja "組み込みのデータベース（SQLite {version}）が古く、記録を失うおそれがあります。" / "配布された yakin をそのまま使ってください。自分で作る場合は SQLite 3.51.3 以上にしてください。";
        en "The built-in database (SQLite {version}) is old and may lose records." / "Use yakin as it is distributed, or build it with SQLite 3.51.3 or newer.";
    }
    /// A newer program wrote the database.
    STORE_NEWER = "YK6011" (found, known) {
        ja "この記録は、もっと新しい yakin のものです（記録の版 {found}、この yakin が読める版 {known}）。" / "新しい yakin を使ってください。";
        en "These records belong to a newer yakin (their version is {found}, this yakin reads {known})." / "Use the newer yakin.";
    }
    /// A migration differs from the one that was applied.
    STORE_OTHER_SCHEMA = "YK6012" (version) {
        ja "記録の形が、この yakin のものと違います（版 {version}）。" / "配布された yakin をそのまま使ってください。";
        en "The records have another layout than this yakin's (version {version})." / "Use yakin as it is distributed.";
    }
    /// The office key is missing.
    KEY_MISSING = "YK6013" (path) {
        ja "この記録を開く鍵（{path}）がありません。" / "バックアップから鍵のファイルを同じ場所に戻してください。新しい鍵では開けません。";
        en "The key that opens these records ({path}) is missing." / "Put the key file back from your backup. A new key does not open them.";
    }
    /// The office key is another one.
    KEY_WRONG = "YK6014" (path) {
        ja "鍵（{path}）が、この記録のものと違います。" / "この記録と一緒に保管した鍵のファイルに戻してください。";
        en "The key ({path}) does not belong to these records." / "Put back the key file that was kept together with them.";
    }
    /// No random numbers for a key.
    KEY_RANDOM = "YK6015" () {
        ja "この機械では、鍵を作るための乱数を得られません。" / "システム担当者に相談してください。";
        en "This machine gives no random numbers to make a key from." / "Ask your system administrator.";
    }
}
