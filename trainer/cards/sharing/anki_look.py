"""How a card looks in Anki: this site's colours, in light and at night. Pure."""

from typing import Final

FRONT: Final = '<div class="side">{{Front}}</div>'
BACK: Final = """<div class="side">{{Front}}</div>
<hr id="answer">
<div class="side">{{Back}}</div>
{{#Status}}<p class="more">{{Status}}</p>{{/Status}}
{{#Link}}<p class="more">{{Link}}</p>{{/Link}}"""
CSS: Final = """.card {
  max-width: 38em;
  margin: 0 auto;
  padding: 1em;
  background: #faf9f7;
  color: #1d2125;
  font: 19px/1.6 system-ui, -apple-system, "Segoe UI", sans-serif;
  text-align: left;
}
.card.nightMode {
  background: #15181b;
  color: #e4e6e8;
}
.card .side > :first-child {
  margin-top: 0;
}
.card hr {
  margin: 1.2em 0;
  border: 0;
  border-top: 1px solid #7e848c;
}
.card svg {
  max-width: 100%;
  height: auto;
}
.card figure {
  margin: 1em 0;
}
.card blockquote {
  margin: 0 0 1em;
  padding-left: 1em;
  border-left: 3px solid #0b6477;
}
.card .more {
  margin: 0.8em 0 0;
  color: #59616b;
  font-size: 15px;
}
.card.nightMode .more {
  color: #a2abb5;
}
.card a {
  color: #0b6477;
}
.card.nightMode a {
  color: #7cc6d8;
}
"""
