import { answer } from '#io/beside.js';
import { keepCompiled } from '#io/compiled.js';
import type { Diagram } from '#model/diagram.js';

/** A diagram comes in, its layout goes out: laying out takes as long as all else that evidence needs, so it is done beside it. */
keepCompiled();
void answer(async (diagram: Diagram) => (await import('#report/diagram/layout.js')).laidOut(diagram));
