//! Messages 1210–1239 and 2310–2329: parts, and the words that hold other steps.

use super::messages;

messages! {
    /// A `call` whose part is an expression.
    CALL_OPEN = "YK1210" () {
        ja "`call` に書く部品の名前に、式は使えません。" / "部品の名前をそのまま書いてください。場合で分けるときは `if` の中に `call` を1つずつ書きます。";
        en "The part that `call` names cannot be an expression." / "Write the part's name. To choose between parts, put one `call` into each branch of an `if`.";
    }

    // 2310: parts.
    /// A part without a file.
    PART_UNKNOWN = "YK2310" (name, near) {
        ja "部品「{name}」のファイルがありません。" / "[[near|「{near}」ではありませんか。]]`scenarios/parts/{name}.yaml` を作るか、名前を直してください。";
        en "There is no file for the part “{name}”." / "[[near|Did you mean “{near}”? ]]Make `scenarios/parts/{name}.yaml`, or correct the name.";
    }
    /// Another file stands where a part must.
    NOT_A_PART = "YK2311" (file) {
        ja "「{file}」は部品のファイルではありません。" / "部品のファイルは `part: 名前` と `steps:` を書き、`scenarios/parts/` に置いてください。";
        en "“{file}” is not a part's file." / "Write `part: NAME` and `steps:` into it, and keep it in `scenarios/parts/`.";
    }
    /// A part's file that declares another name.
    PART_NAME = "YK2312" (name, file) {
        ja "部品の名前「{name}」が、ファイル名「{file}」と違います。" / "どちらかに合わせてください。";
        en "The part's name “{name}” is not that of its file “{file}”." / "Make them the same.";
    }
    /// Parts that call each other.
    PART_CYCLE = "YK2313" (chain) {
        ja "部品が自分自身に戻ってきます（{chain}）。いつまでも終わりません。" / "この `call` を消すか、くり返しなら `repeat_until` を使ってください。";
        en "The part comes back to itself ({chain}) and would never end." / "Delete this `call`; to do something again, use `repeat_until`.";
    }
    /// Parts in parts without bounds.
    PART_TOO_MUCH = "YK2314" (part, limit) {
        ja "部品「{part}」を開くと、手順が多すぎます（上限 {limit} 個）。" / "部品の中で部品を呼ぶ段を減らしてください。";
        en "The part “{part}” opens into too many steps (limit {limit})." / "Let fewer parts call other parts.";
    }
    /// A value for an input that there is not.
    CALL_ENTRY_UNKNOWN = "YK2315" (part, name, near, words) {
        ja "部品「{part}」に「{name}」という入力はありません。" / "[[near|「{near}」ではありませんか。]][[words|入力: {words}]]";
        en "The part “{part}” has no input called “{name}”." / "[[near|Did you mean “{near}”? ]][[words|Inputs: {words}]]";
    }
    /// Inputs that are given no value.
    CALL_ENTRY_MISSING = "YK2316" (part, names) {
        ja "部品「{part}」に渡す「{names}」がありません。" / "`with:` の下に書き足してください。空のままでよければ「名前: \"\"」と書きます。";
        en "The part “{part}” is not given: {names}." / "Add it under `with:`. If it may be empty, write `name: \"\"`.";
    }
    /// A constant that its input cannot take.
    CALL_VALUE = "YK2317" (part, name, said) {
        ja "部品「{part}」の入力「{name}」の種類に合いません。{said}" / "値を直すか、部品の `inputs:` の種類を見直してください。";
        en "The value does not fit the input “{name}” of the part “{part}”. {said}" / "Correct the value, or the type under the part's `inputs:`.";
    }
    /// A secret input that is given something else.
    CALL_SECRET = "YK2318" (part, name) {
        ja "部品「{part}」の「{name}」には、秘密だけを渡せます。" / "`${{ secrets.受付.パスワード }}` のように、秘密の名前1つだけを書いてください。";
        en "The input “{name}” of the part “{part}” takes a secret only." / "Write nothing but the name of one secret, such as `${{ secrets.NAME }}`.";
    }
    /// An input that nothing reads.
    INPUT_UNUSED = "YK2319" (name) {
        ja "入力「{name}」は、この部品のどこでも使われていません。" / "要らなければ消してください。";
        en "Nothing in this part uses the input “{name}”." / "Delete it if it is not needed.";
    }
    /// An output that no step sets.
    OUTPUT_NEVER = "YK2320" (name) {
        ja "結果「{name}」を決める手順がありません。" / "手順に「as: {name}」を付けるか、`set:` で「{name}」を決めてください。";
        en "No step gives the output “{name}” a value." / "Add “as: {name}” to a step, or set “{name}” with `set:`.";
    }
    /// An output that the part does not have.
    OUTPUT_UNKNOWN = "YK2321" (name, near, words) {
        ja "部品の結果に「{name}」はありません。" / "[[near|「{near}」ではありませんか。]]使える値: {words}";
        en "The part gives back no “{name}”." / "[[near|Did you mean “{near}”? ]]Values: {words}";
    }
    /// An output that is read as if it were the caller's.
    OUTPUT_UNNAMED = "YK2322" (name, line, unnamed, instead) {
        ja "「{name}」は、{line} 行目で呼んだ部品の結果です。このままの名前では使えません。" / "[[unnamed|`call` に `as: 結果` を付けてから、]]「{instead}」と書いてください。";
        en "“{name}” is what the part called in line {line} gives back; it has no value under that name alone." / "[[unnamed|Add `as: 結果` to the `call`. ]]Write “{instead}”.";
    }
    /// A name for the result of a part that has none.
    NO_OUTPUTS = "YK2323" (part) {
        ja "部品「{part}」は、何も返しません。" / "「as:」の行を消すか、部品に `outputs:` を書いてください。";
        en "The part “{part}” gives nothing back." / "Delete the line “as:”, or write `outputs:` into the part.";
    }
    /// A part that looks out.
    PART_SEES = "YK2324" (name) {
        ja "部品の中では「{name}」が使えません。部品から見えるのは、`inputs` の名前と `run` だけです。" / "`inputs:` に名前と種類を書き足し（秘密は `secret`）、呼ぶ側の `with:` で渡してください。";
        en "“{name}” cannot be used in a part, which sees its `inputs` and `run` only." / "Add a name and its type to `inputs:` (a secret is `secret`), and give it with the caller's `with:`.";
    }
    /// What a part holds and its caller may not.
    PART_HOLDS = "YK2325" (part, said) {
        ja "ここでは、部品「{part}」を呼べません。{said}" / "`call` をほかの場所に移すか、部品の手順を見直してください。";
        en "The part “{part}” cannot be called here. {said}" / "Move the `call`, or change the part's steps.";
    }

    // 2326: blocks.
    /// A commit whose failure would be passed over.
    COMMIT_PASSED = "YK2326" (word) {
        ja "`{word}` の中に `commit` があります。登録できなくても先へ進み、登録しないまま「済」になるおそれがあります。" / "`commit` を外に出すか、`catch` の終わりに `reject` か `stop` を書いてください。";
        en "A `commit` stands inside `{word}`: if it fails the steps go on, and the item may count as done without being registered." / "Move the `commit` out, or end `catch` with `reject` or `stop`.";
    }
    /// `error` where nothing has failed.
    ERROR_PLACE = "YK2327" (name) {
        ja "「{name}」は使えません。`error` は `catch` の中だけの値で、`error.message`（失敗の内容）と `error.code` があります。" / "`catch` の中で使うか、別の名前に直してください。";
        en "“{name}” cannot be used. `error` has a value inside `catch` only: `error.message` and `error.code`." / "Use it inside `catch`, or correct the name.";
    }
    /// A text of the page where a condition stands.
    UNTIL_TEXT = "YK2328" (text) {
        ja "`repeat_until` の「{text}」という値はありません。" / "画面に「{text}」が見えるまでなら、`repeat_until: { text: {text} }` と書いてください。";
        en "There is no value “{text}” for `repeat_until`." / "If “{text}” is to be seen on the page, write `repeat_until: { text: {text} }`.";
    }
}
