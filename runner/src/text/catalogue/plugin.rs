//! Messages about plugins: 2400–2499 (checks), 7400–7499 (runs), 8300–8329 (commands).

use super::messages;

messages! {
    /// No such plugin.
    PLUGIN_UNKNOWN = "YK2400" (name, near) {
        ja "plugins フォルダーに「{name}」というプラグインはありません。[[near|「{near}」ではありませんか。]]" / "plugins/{name}.js か plugins/{name}.wasm を置いてください。あるものは `yakin plugin list` で見られます。";
        en "There is no plugin “{name}” in the folder plugins.[[near| Did you mean “{near}”?]]" / "Put plugins/{name}.js or plugins/{name}.wasm there. `yakin plugin list` shows which there are.";
    }
    /// No such function.
    PLUGIN_FUNCTION = "YK2401" (name, function, near, words) {
        ja "プラグイン「{name}」に「{function}」はありません。[[near|「{near}」ではありませんか。]]" / "使えるもの：{words}";
        en "The plugin “{name}” has no “{function}”.[[near| Did you mean “{near}”?]]" / "It has: {words}";
    }
    /// A plugin that stands there as source alone.
    PLUGIN_NOT_YET = "YK2408" (name) {
        ja "プラグイン「{name}」は、まだ組み立てていません（plugins/{name}.wasm がありません）。" / "`yakin plugin build {name}` を実行してください。";
        en "The plugin “{name}” is not built yet (there is no plugins/{name}.wasm)." / "Run `yakin plugin build {name}`.";
    }
    /// A plugin cannot be used.
    PLUGIN_UNUSABLE = "YK2402" (file, why, engine) {
        ja "「{file}」はプラグインとして使えません。{why}" / "[[engine|配布キットの bin フォルダーから {engine} を写すか、ソースから作ったときは plugins/build.sh を実行してください。]]`yakin plugin check` で確かめられます。";
        en "“{file}” cannot be used as a plugin. {why}" / "[[engine|Copy {engine} from the folder bin of the kit, or, where yakin was built from source, run plugins/build.sh. ]]`yakin plugin check` says what is wrong.";
    }
    /// A grant without the hash of the file.
    PLUGIN_HASH = "YK2403" () {
        ja "プラグインに許すときは、確かめたファイルのハッシュ（sha256）を書きます。" / "`yakin plugin list` に出る sha256 を、そのまま写してください（64桁）。";
        en "What a plugin is granted needs the hash (sha256) of the file that was looked at." / "Copy the sha256 that `yakin plugin list` shows (64 digits).";
    }
    /// A plugin asks for what the office has not granted.
    PLUGIN_NOT_GRANTED = "YK2407" (file, words) {
        ja "「{file}」は {words} を求めていますが、office.yaml で許していません（ファイルが変わると、許しはなくなります）。" / "使う関数に要るときは、`yakin plugin list` に出る行を office.yaml に書いてください。";
        en "“{file}” asks for {words}, which office.yaml does not grant (a changed file loses its grants)." / "If the function needs it, put the lines that `yakin plugin list` shows into office.yaml.";
    }
    /// The shape of a whole number.
    SHAPE_WHOLE = "YK2404" () { ja "整数" / ""; en "a whole number" / ""; }
    /// The shape of a number.
    SHAPE_NUMBER = "YK2405" () { ja "数" / ""; en "a number" / ""; }
    /// The shape of a day.
    SHAPE_DAY = "YK2406" () { ja "日付" / ""; en "a day" / ""; }

    /// The plugin's own refusal of the data.
    PLUGIN_REJECTS = "YK7400" (step, said, row) {
        ja "[[row|{row} 行目：]]{said}（{step}）" / "";
        en "[[row|Row {row}: ]]{said} ({step})" / "";
    }
    /// The plugin says that it could not do its work.
    PLUGIN_UNABLE = "YK7401" (step, said, row) {
        ja "プラグイン（{step}）が処理できませんでした。[[row|{row} 行目：]]{said}" / "プラグインを作った人に、この言葉を伝えてください。";
        en "The plugin ({step}) could not do its work. [[row|Row {row}: ]]{said}" / "Tell these words to whoever made the plugin.";
    }
    /// A line that a plugin left.
    PLUGIN_SAYS = "YK7402" (plugin, line) {
        ja "{plugin}：{line}" / ""; en "{plugin}: {line}" / "";
    }
    /// It took too long.
    PLUGIN_SLOW = "YK7410" (name, seconds, far) {
        ja "プラグイン（{name}）が {seconds} 秒たっても終わらないので、止めました。[[far|{far} まで進んでいました。]]" / "時間のかかる仕事なら、手順に `timeout:` を書いて延ばせます。そうでなければ、プラグインを作った人に伝えてください。";
        en "The plugin ({name}) was stopped: no answer within {seconds} s.[[far| It had come to {far}.]]" / "Work that takes long can be given more with `timeout:`. Otherwise tell whoever made the plugin.";
    }
    /// Too much memory.
    PLUGIN_MEMORY = "YK7411" (name, megabytes) {
        ja "プラグイン（{name}）が {megabytes} MB を超えるメモリーを求めたので、止めました。" / "一度に渡す行を減らすか、プラグインを作った人に伝えてください。";
        en "The plugin ({name}) was stopped: it wanted more than {megabytes} MB of memory." / "Give it fewer rows at a time, or tell whoever made the plugin.";
    }
    /// Endless recursion.
    PLUGIN_DEPTH = "YK7412" (name) {
        ja "プラグイン（{name}）が自分を呼び出し続けたので、止めました。" / "プラグインを作った人に伝えてください。";
        en "The plugin ({name}) was stopped: it went on calling itself." / "Tell whoever made the plugin.";
    }
    /// A breakdown.
    PLUGIN_CRASHED = "YK7413" (name, said) {
        ja "プラグイン（{name}）が途中で壊れました（{said}）。" / "プラグインを作った人に、この言葉を伝えてください。ほかの処理に影響はありません。";
        en "The plugin ({name}) broke down ({said})." / "Tell these words to whoever made the plugin. Nothing else was harmed.";
    }
    /// Too large an answer.
    PLUGIN_OUTPUT = "YK7414" (name, megabytes) {
        ja "プラグイン（{name}）の答えが {megabytes} MB を超えたので、受け取りませんでした。" / "一度に渡す行を減らすか、プラグインを作った人に伝えてください。";
        en "The answer of the plugin ({name}) was not taken: it is larger than {megabytes} MB." / "Give it fewer rows at a time, or tell whoever made the plugin.";
    }
    /// An answer that was not promised.
    PLUGIN_ANSWER = "YK7415" (name, said) {
        ja "プラグイン（{name}）の答えが、約束した形と違います（{said}）。" / "プラグインを作った人に、この言葉を伝えてください。";
        en "The answer of the plugin ({name}) is not what it promised ({said})." / "Tell these words to whoever made the plugin.";
    }
    /// What it remembered is lost.
    PLUGIN_LOST = "YK7416" (name) {
        ja "プラグイン（{name}）は、この実行の途中で一度壊れ、それまでに覚えたことを失いました。" / "もう一度、初めから実行してください。";
        en "The plugin ({name}) broke down earlier in this run and lost what it remembered." / "Run again from the beginning.";
    }
    /// Its file cannot be read.
    PLUGIN_FILE = "YK7420" (name, path, said) {
        ja "プラグイン（{name}）のファイル「{path}」を読めません（{said}）。" / "ファイルがあるか、読んでよいファイルかを確かめてください。";
        en "The file “{path}” of the plugin ({name}) cannot be read ({said})." / "Check that it is there and may be read.";
    }
    /// Its file is too large.
    PLUGIN_LARGE = "YK7421" (name, bytes) {
        ja "プラグイン（{name}）のファイルが大きすぎます（{bytes} バイト）。" / "プラグインは 64 MB まで、.js は 1 MB までです。";
        en "The file of the plugin ({name}) is too large ({bytes} bytes)." / "A plugin may have 64 MB, a .js file 1 MB.";
    }
    /// The JavaScript engine is missing.
    PLUGIN_NO_ENGINE = "YK7422" (name) {
        ja "JavaScript のプラグイン（{name}）を動かす yakin-javascript.wasm が、yakin と同じフォルダーにありません。" / "配布キットの bin フォルダーから写してください。ソースから作ったときは plugins/build.sh を実行します。";
        en "yakin-javascript.wasm, which runs plugins in JavaScript ({name}), is not beside yakin." / "Copy it from the folder bin of the kit. Where yakin was built from source, run plugins/build.sh.";
    }
    /// There is no sandbox.
    PLUGIN_SANDBOX = "YK7423" (name, said) {
        ja "このパソコンでは、プラグイン（{name}）を動かす囲いを作れません（{said}）。" / "システム担当者に、この言葉を伝えてください。";
        en "The sandbox for the plugin ({name}) cannot be made on this machine ({said})." / "Tell these words to your system administrator.";
    }
    /// Not a plugin at all.
    PLUGIN_NONE = "YK7424" (name, said) {
        ja "「{name}」は夜勤のプラグインではありません（{said}）。" / "作り方は plugins/README.md にあります。";
        en "“{name}” is no plugin for yakin ({said})." / "plugins/README.md says how to make one.";
    }
    /// It says itself that it is broken.
    PLUGIN_BROKEN = "YK7425" (name, said) {
        ja "プラグイン（{name}）に間違いがあります：{said}" / "";
        en "The plugin ({name}) has a mistake: {said}" / "";
    }
    /// It describes nonsense.
    PLUGIN_NONSENSE = "YK7426" (name, said) {
        ja "プラグイン（{name}）の説明が、約束の形ではありません（{said}）。" / "作り方は plugins/README.md にあります。";
        en "What the plugin ({name}) says of itself makes no sense ({said})." / "plugins/README.md says how to make one.";
    }

    /// Arguments that cannot be read.
    PLUGIN_TRY_JSON = "YK8300" (text) {
        ja "「{text}」を読めません。" / "引数は '{ 名前: 値 }' の形（JSON でもよい）、待つ時間は 30s や 5分 の形、表は行の一覧で書きます。";
        en "“{text}” cannot be read." / "Arguments are written as '{ name: value }' (or JSON), a time as 30s, a table as a list of rows.";
    }
    /// A file of examples that cannot be read.
    PLUGIN_EXAMPLES = "YK8301" (file) {
        ja "「{file}」を例として読めません。" / "1つの例は「- 関数: { 引数: 値 }」と「is: 結果」、または「rejects: 断りの言葉」の2行です。";
        en "“{file}” cannot be read as examples." / "An example is two lines: `- function: { argument: value }`, and `is: result` or `rejects: words`.";
    }
    /// A name that no plugin can have.
    PLUGIN_NAME = "YK8302" (name) {
        ja "「{name}」はプラグインの名前にできません。" / "文字・数字・_ で付けます。Python と Rust では、小文字の英字で始まる英数字です。";
        en "“{name}” cannot be a plugin's name." / "Use letters, digits and _; for Python and Rust lower-case ASCII, beginning with a letter.";
    }
    /// A plugin of that name is there.
    PLUGIN_THERE = "YK8303" (file) {
        ja "「{file}」がもうあります。何も作りませんでした。" / "別の名前にするか、今あるものを移してください。";
        en "“{file}” is there already; nothing was made." / "Choose another name, or move what is there.";
    }
    /// Nothing to be built.
    PLUGIN_NO_SOURCE = "YK8304" (name, there) {
        ja "plugins/{name} に、組み立てるもの（Cargo.toml か app.py）がありません。[[there|あるプラグイン：{there}]]" / "新しく作るときは `yakin plugin new {name} --lang rust` です。";
        en "There is nothing to build in plugins/{name} (no Cargo.toml, no app.py).[[there| There are: {there}]]" / "To make one: `yakin plugin new {name} --lang rust`.";
    }
    /// No Rust.
    PLUGIN_NO_CARGO = "YK8305" () {
        ja "Rust（cargo と rustc）がありません。" / "https://rustup.rs で入れるか、Rust のあるパソコンで組み立てて、できた .wasm を plugins に写してください。JavaScript のプラグインなら何も要りません。";
        en "There is no Rust (cargo and rustc)." / "Install it from https://rustup.rs, or build where there is Rust and copy the .wasm into plugins. Plugins in JavaScript need nothing.";
    }
    /// Rust without the target.
    PLUGIN_NO_TARGET = "YK8306" () {
        ja "Rust に、プラグイン用の部品（wasm32-wasip2）がありません。" / "`rustup target add wasm32-wasip2` で入ります（1分ほど）。";
        en "Rust lacks the target for plugins (wasm32-wasip2)." / "`rustup target add wasm32-wasip2` adds it (about a minute).";
    }
    /// No componentize-py.
    PLUGIN_NO_PYTHON = "YK8307" () {
        ja "Python のプラグインを組み立てる componentize-py がありません。" / "`pip install componentize-py` で入れるか、入っているパソコンで組み立てて、できた .wasm を plugins に写してください。JavaScript のプラグインなら何も要りません。";
        en "There is no componentize-py, which builds plugins in Python." / "Install it with `pip install componentize-py`, or build elsewhere and copy the .wasm into plugins. Plugins in JavaScript need nothing.";
    }
    /// The tool found mistakes.
    PLUGIN_NOT_BUILT = "YK8308" (tool) {
        ja "組み立てられませんでした（{tool}）。理由は上に出ています。" / "直してから、もう一度実行してください。";
        en "It could not be built ({tool}); the reason stands above." / "Mend it and run the command again.";
    }
}
