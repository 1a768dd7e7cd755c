import { printing } from "./printing.js";
import { recall } from "./recall.js";

printing(document);
recall(document);
