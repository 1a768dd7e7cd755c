import { createPlayer, wire } from "./player.js";

const page = document.getElementById("sample");
if (page) wire(page, createPlayer(page, window));
