"""A Tray whose dialog and provider say everything they know, to everybody who listens."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from urllib.parse import quote

from tests.leaks.marked import Marks
from tests.leaks.sites import HTML, Answer, Asked, Site

JSON = "application/json"
#: Stands in a refusal for the token that came with the request.
SENT = "(sent)"
_CHATTER = (Path(__file__).parent / "chatter.js").read_text(encoding="utf-8")


class LeakyTray(Site):
    """API and dialog host; the provider is another site.

    Attributes:
        end: What the dialog's page does at the end, as a script.
        refusals: Answers to GraphQL operations in place of the right ones, by a word of the query.
        lists_after: The ids in the user's list once the dialog has been opened.
    """

    def __init__(self, marks: Marks, provider: Site) -> None:
        super().__init__()
        self.marks = marks
        self.provider = provider
        self.auth_id = str(uuid.uuid4())
        self.end = self.finish()
        self.refusals: dict[str, Answer] = {}
        self.listed: list[str] = []
        self.lists_after = [self.auth_id]
        self.dialog: Answer | None = None
        self._serve_provider()

    def finish(self) -> str:
        """Return a script that finishes."""
        message = {"type": "tray.authpopup.finish", "authId": self.auth_id, "authType": self.marks.code}
        return f"opener.postMessage({json.dumps(message)}, '*'); close()"

    def environment(self) -> dict[str, str]:
        """Return the variables that make the program use it."""
        return {
            "TRAY_MASTER_TOKEN": self.marks.master_token,
            "TRAY_EMBEDDED_ID": "acme",
            "TRAY_GRAPHQL_URL": f"{self.origin}/graphql",
            "TRAY_REST_URL": self.origin,
            "TRAY_DIALOG_URL": self.origin,
        }

    def refusing(self, word: str, status: int, body: str, kind: str) -> None:
        """Answer operations that have a word in them with something else."""
        self.refusals[word] = Answer(body, {"Content-Type": kind}, status)

    def answer(self, asked: Asked) -> Answer:
        """Answer as Tray does; what a request carried is given back wherever there is room for it."""
        if asked.target == "/graphql":
            query = json.loads(asked.body)["query"]
            refusal = next((answer for word, answer in self.refusals.items() if word in query), None)
            if refusal is None:
                return Answer(json.dumps({"data": self._data(query)}), {"Content-Type": JSON})
            token = asked.headers.partition("Bearer ")[2].partition("\n")[0]
            return Answer(refusal.body.replace(SENT, token), refusal.headers, refusal.status)
        if asked.target.startswith("/external/auth/create/acme"):
            self.listed = self.lists_after
            cookies = {"Set-Cookie": f"sid={quote(self.marks.cookie)}; Path=/; Max-Age=90000"}
            page = Answer(self._dialog(), {"Content-Type": HTML, "Cache-Control": "max-age=9000"} | cookies)
            return self.dialog or page
        return super().answer(asked)

    def _data(self, query: str) -> object:
        if "generateAuthorizationCode" in query:
            return {"generateAuthorizationCode": {"authorizationCode": self.marks.code}}
        if "authorize" in query:
            return {"authorize": {"accessToken": self.marks.user_token}}
        edges = [{"node": {"id": auth_id, "name": "made"}} for auth_id in self.listed]
        return {"viewer": {"authentications": {"edges": edges}}}

    def _dialog(self) -> str:
        values = {
            name: value
            for name, value in self.marks.items()
            if name not in ("master_token", "user_token", "download")
        }
        values |= {"provider": self.provider.origin}
        end = f"const end = () => {{ {self.end} }};"
        return (
            "<!doctype html><meta charset=utf-8><meta name=referrer content=unsafe-url>"
            "<form><label>Secret <input id=secret></label></form>"
            f"<script>const marks = {json.dumps(values)}; {end} {_CHATTER}</script>"
        )

    def _serve_provider(self) -> None:
        query = f"code={quote(self.marks.oauth_code)}&state={quote(self.marks.oauth_state)}"
        back = f"{self.origin}/callback?{query}"
        self.provider.serve("/authorize", f"<!doctype html><script>location = {json.dumps(back)}</script>")
        say = "console.log(location.href); opener && opener.postMessage('signed in', '*'); close()"
        self.serve("/callback", f"<!doctype html><script>{say}</script>")
        self.serve("/file", self.marks.download, Content_Disposition="attachment; filename=secret.txt")
