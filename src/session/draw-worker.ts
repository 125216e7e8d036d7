import { answer } from '#io/beside.js';
import type { Diagram } from '#model/diagram.js';
import { laidOut } from '#report/diagram/layout.js';

/** A diagram comes in, its layout goes out: laying out takes as long as all else that evidence needs, so it is done beside it. */
void answer((diagram: Diagram) => laidOut(diagram));
