//! Messages 7000–7999: what commands say.

use super::messages;

messages! {
    /// A fault in yakin.
    INTERNAL_FAULT = "YK7006" (detail) {
        ja "yakin の中で思わぬことが起きました。（{detail}）" / "この番号と文を添えて、運用担当に知らせてください。";
        en "Something unexpected happened inside yakin. ({detail})" / "Report this code and text to whoever runs yakin.";
    }
    /// A file or folder of the command.
    FILE_TROUBLE = "YK7007" (detail) {
        ja "ファイルを読み書きできません。（{detail}）" / "置き場所と権限を確かめてください。";
        en "A file cannot be read or written. ({detail})" / "Check its place and permissions.";
    }
    /// No such scenario.
    NO_SCENARIO = "YK7008" (name, near) {
        ja "シナリオ「{name}」が見つかりません。[[near|この事務所にあるのは、{near} です。]]" / "ファイルの名前か、シナリオの id を指定してください。";
        en "There is no scenario “{name}”. [[near|This office has: {near}]]" / "Give its file or its id.";
    }
    /// No such run.
    NO_RUN = "YK7009" (run) {
        ja "{run}番の実行はありません。" / "yakin runs で、番号を確かめてください。";
        en "There is no run no. {run}." / "See the numbers with: yakin runs";
    }
    /// The real system was not granted.
    REAL_NOT_GRANTED = "YK7010" (bot, host) {
        ja "「{bot}」は、本番（{host}）での実行を許可されていません。" / "運用担当が office.yaml の grants に、この bot と接続先を書いてください。練習なら --real を外します。";
        en "“{bot}” has not been granted the real system ({host})." / "The operator adds the bot and host to `grants` in office.yaml. For practice, leave out --real.";
    }
    /// No address for this place.
    NO_ADDRESS = "YK7011" (system, place) {
        ja "システム「{system}」に、{place}の接続先（url）がありません。" / "scenarios/systems の定義に書いてください。";
        en "The system “{system}” has no address for {place}." / "Write it into its file in scenarios/systems.";
    }
    /// A program is missing.
    PROGRAM_MISSING = "YK7012" (program) {
        ja "「{program}」が見つかりません。" / "Debian・Ubuntu では apt install chromium chromium-driver で入ります。別の場所にあるときは、office.yaml の browser に書いてください。";
        en "“{program}” cannot be found." / "On Debian or Ubuntu: apt install chromium chromium-driver. If it is elsewhere, name it under `browser` in office.yaml.";
    }
    /// The folder is not empty.
    FOLDER_IN_USE = "YK7013" (folder, file) {
        ja "「{folder}」には、もう {file} があります。上書きしませんでした。" / "別のフォルダーを指定してください。";
        en "“{folder}” already has {file}; nothing was overwritten." / "Choose another folder.";
    }
    /// An empty secret.
    SECRET_EMPTY = "YK7014" () {
        ja "入力が空なので、登録しませんでした。" / "もう一度実行して、入力してください。";
        en "Nothing was typed, so nothing was set." / "Run it again and type the secret.";
    }
    /// No such secret.
    NO_SECRET = "YK7015" (name) {
        ja "秘密「{name}」は登録されていません。" / "yakin secret list で名前を確かめてください。";
        en "There is no secret “{name}”." / "See the names with: yakin secret list";
    }
    /// A date that cannot be read.
    BAD_DATE = "YK7016" (text) {
        ja "「{text}」は日付として読めません。" / "2026-11-23 や R8.11.23 のように書いてください。";
        en "“{text}” is not a date." / "Write it as 2026-11-23 or R8.11.23.";
    }
    /// No such step.
    NO_STEP = "YK7017" (name, near) {
        ja "「{name}」というステップはありません。[[near|もしかして「{near}」ですか。]]" / "yakin steps で一覧を見られます。";
        en "There is no step called “{name}”. [[near|Did you mean “{near}”?]]" / "See them all with: yakin steps";
    }
    /// The practice city could not start.
    PRACTICE_FAILED = "YK7018" (detail) {
        ja "練習市役所を始められません。（{detail}）" / "--port で別の番号を指定するか、動いている練習市役所を止めてください。";
        en "The practice city cannot start. ({detail})" / "Choose another --port, or stop the one that is running.";
    }
    /// A run that cannot be asked to end.
    RUN_OVER = "YK7019" (run) {
        ja "{run}番の実行は、もう終わっています。" / "";
        en "Run no. {run} has ended." / "";
    }
    /// The office file has mistakes.
    OFFICE_WRONG = "YK7020" () {
        ja "office.yaml に間違いがあります。" / "上に出ている所を直してください。";
        en "office.yaml has mistakes." / "Correct what is listed above.";
    }
}
