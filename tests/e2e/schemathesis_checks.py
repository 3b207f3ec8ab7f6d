"""What the service promises beyond its schema, for schemathesis."""

import schemathesis
from schemathesis import GenerationMode


@schemathesis.check
def request_id_comes_back(ctx, response, case):
    """Every answer has one X-Request-Id, and it is harmless."""
    (value,) = response.headers["x-request-id"]
    assert value and all(c.isalnum() or c in "._:-" for c in value), value


@schemathesis.check
def invalid_items_say_so(ctx, response, case):
    """A body with an item that is not as described: that item earns nothing."""
    if case.operation.label != "POST /v1/score" or response.status_code != 200:
        return
    meta = case.meta
    body = meta.components.get("body") if meta is not None else None
    if meta is None or str(getattr(body, "mode", "")) != str(GenerationMode.NEGATIVE):
        return
    if "ndjson" in response.headers["content-type"][0]:
        return
    results = response.json()["results"]
    assert any(
        one["status"] == "invalid"
        or any(check["outcome"] == "unreadable" for check in one["checks"])
        for one in results), results


@schemathesis.check
def valid_bodies_are_refused_for_lost_precision_alone(ctx, response, case):
    """A body as described that is refused holds a number that no double holds."""
    if case.operation.label != "POST /v1/score" or response.status_code != 400:
        return
    body = case.meta.components.get("body") if case.meta is not None else None
    if str(getattr(body, "mode", "")) != str(GenerationMode.POSITIVE):
        return
    detail = response.json()["detail"]
    assert "loses precision" in detail or "range of a double" in detail, detail
