/* The room's script. The page works without it; with it nothing typed can be lost, the clock
   ticks, and the interviewer speaks by themselves. Each file here has one subject. */
import { Autosave } from "./room/autosave.js";
import { Clock } from "./room/clock.js";
import { wireCommands } from "./room/commands.js";
import { wireDialogs } from "./room/dialogs.js";
import { followTheEnd } from "./room/follow.js";
import { wireKeys } from "./room/keys.js";
import { startPulse } from "./room/pulse.js";
import { wireSay } from "./room/say.js";
import { Sender } from "./room/sender.js";
import { openStore } from "./room/store.js";
import { wireSwitches } from "./room/switches.js";
import { wireTabs } from "./room/tabs.js";
import { makeRoomWhileWriting } from "./room/writing.js";
import { Page } from "./room/page.js";

async function open() {
  const address = document.getElementById("room").dataset.address;
  const store = await openStore(address);
  const switches = wireSwitches();
  const clock = new Clock(switches);
  const page = new Page(clock);
  const sender = new Sender({ address, store, page });
  const autosave = new Autosave({ address, store, sender, page });
  const pulse = startPulse({ address, sender, autosave, clock });
  wireSay({ address, sender, autosave, page });
  wireCommands({ sender, page, pulse });
  const tabs = wireTabs();
  followTheEnd(document.getElementById("conversation"));
  wireDialogs({ sender, autosave });
  wireKeys({ tabs, switches });
  makeRoomWhileWriting();
  document.documentElement.classList.add("scripted");
  sender.pump();
}

open();
