import fc from 'fast-check';

// The same cases on every machine, so that a failure can be looked at again; FC_SEED=random looks for new ones.
const seed = process.env.FC_SEED ?? '20261121';
fc.configureGlobal({ ...(seed === 'random' ? {} : { seed: Number(seed) }) });
