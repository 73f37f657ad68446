"""PLUGIN_NAME: 何をするプラグインか / what it is for."""

from yakin import Plugin, Reject

plugin = Plugin(ja="何をするプラグインかを書きます。", en="Say what the plugin is for.")


@plugin.function(
    ja="料金から割引を引きます。",
    en="Takes a discount off a charge.",
    help={"price": "料金（円） / the charge in yen", "rate": "割引の率（なければ 0.1） / the rate, 0.1 if left out"},
)
def discount(price: int, rate: float = 0.1) -> int:
    if not 0 <= rate <= 1:
        # 仕事のうえで受け付けられないとき。その件は差し戻しになります。
        raise Reject(f"割引の率が {rate} です。0 から 1 までです。")
    return int(price * (1 - rate))


Api = plugin.api()
