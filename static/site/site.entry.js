import { closeMenus } from "./menus.js";
import { tellFailures } from "./failures.js";

closeMenus(document);
tellFailures(document);
