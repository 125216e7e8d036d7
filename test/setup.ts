import fc from 'fast-check';

// The same cases on every machine, so that a failure can be looked at again; FC_SEED=random looks for new ones.
const seed = process.env.FC_SEED ?? '20261121';
fc.configureGlobal({ ...(seed === 'random' ? {} : { seed: Number(seed) }) });

// Coverage is of the sources the tests' own processes run. Of the bundled program that tests start, it says nothing, and takes a
// quarter of its time and a megabyte of disk each time. Mocha's first process only hands it on to those that run the tests.
const isCounted = process.env.NODE_V8_COVERAGE !== undefined;
const handsOn = process.argv.includes('--parallel') && process.env.MOCHA_WORKER_ID === undefined;
if (!handsOn) delete process.env.NODE_V8_COVERAGE;

// A worker is given a second to end and is then told to stop. Writing down what so many tests covered takes longer.
if (isCounted && process.env.MOCHA_WORKER_ID !== undefined) process.on('SIGTERM', () => {});
