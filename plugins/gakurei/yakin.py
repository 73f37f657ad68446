"""Writing plugins for yakin in Python: functions with type hints become steps."""

import datetime
import inspect
import json
import typing

from componentize_py_types import Err, Ok
from wit_world import exports
from wit_world.exports import api
from wit_world.imports import host


class Reject(Exception):
    """The data do not allow it: the item is rejected with these words."""


KINDS = {str: {"type": "string"}, int: {"type": "integer"}, float: {"type": "number"}, bool: {"type": "boolean"}}


def schema(hint):
    """The JSON Schema of a type hint."""
    if hint in KINDS:
        return dict(KINDS[hint])
    if hint is datetime.date:
        return {"type": "string", "format": "date"}
    if typing.get_origin(hint) is list:
        return {"type": "array", "items": schema(typing.get_args(hint)[0])}
    if typing.get_origin(hint) is typing.Literal:
        return {"type": "string", "enum": list(typing.get_args(hint))}
    if hint is dict:
        return {"type": "object", "additionalProperties": True}
    return {}


def given(hint, value):
    return datetime.date.fromisoformat(value) if hint is datetime.date else value


class Function:
    def __init__(self, run, ja, en, help, effect):
        self.run, self.ja, self.en, self.effect = run, ja, en, effect
        self.hints = typing.get_type_hints(run)
        self.output = json.dumps(schema(self.hints.pop("return", None)))
        properties, required = {}, []
        for name, parameter in inspect.signature(run).parameters.items():
            words, _, english = help.get(name, "").partition(" / ")
            properties[name] = {**schema(self.hints.get(name)), "description": words, "x-en": english}
            if parameter.default is inspect.Parameter.empty:
                required.append(name)
        self.arguments = json.dumps({"type": "object", "properties": properties, "required": required})

    def call(self, arguments):
        try:
            values = {name: given(self.hints.get(name), value) for name, value in json.loads(arguments).items()}
            result = self.run(**values)
            return json.dumps(result.isoformat() if isinstance(result, datetime.date) else result, ensure_ascii=False)
        except Reject as refused:
            raise Err(api.Failure(api.Blame.BUSINESS, str(refused)))
        except Exception as error:
            raise Err(api.Failure(api.Blame.SYSTEM, f"{type(error).__name__}: {error}"))


class Plugin:
    """A plugin: what it is for, what it asks the office for, its functions."""

    def __init__(self, ja, en="", asks=(), state=False):
        self.ja, self.en, self.asks, self.state = ja, en, asks, state
        self.functions = {}

    def function(self, ja, en="", help={}, effect="read"):
        def keep(run):
            self.functions[run.__name__] = Function(run, ja, en, help, effect)
            return run

        return keep

    def describe(self):
        functions = [
            api.Function(name, api.Text(f.ja, f.en), f.arguments, f.output, api.Effect[f.effect.upper()])
            for name, f in self.functions.items()
        ]
        asks = [api.Capability[word.upper()] for word in self.asks]
        return api.Description(api.Text(self.ja, self.en), functions, asks, self.state)

    def find(self, name):
        if name not in self.functions:
            raise Err(api.Failure(api.Blame.SYSTEM, f"there is no function {name}"))
        return self.functions[name]

    def api(self):
        plugin = self

        class Api(exports.Api):
            def describe(self):
                return plugin.describe()

            def call(self, function, arguments):
                return plugin.find(function).call(arguments)

            def call_batch(self, function, rows):
                answers = []
                for done, row in enumerate(rows):
                    if done and done % 1000 == 0:
                        host.progress(done, len(rows))
                    try:
                        answers.append(Ok(plugin.find(function).call(row)))
                    except Err as failure:
                        answers.append(failure)
                return answers

        return Api
