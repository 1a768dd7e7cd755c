import { runClock } from "./clock.js";
import { keepTexts } from "./keeping.js";
import { sendByKeys } from "./sending.js";

runClock(document);
keepTexts(document);
sendByKeys(document);
