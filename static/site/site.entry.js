import { closeMenus } from "./menus.js";
import { tellFailures } from "./failures.js";
import { searchBySlash } from "./searching.js";

closeMenus(document);
tellFailures(document);
searchBySlash(document);
