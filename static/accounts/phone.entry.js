import { copyFields } from "../site/copying.js";

copyFields(document);
