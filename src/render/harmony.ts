/**
 * Whether a model is one of OpenAI's gpt-oss, whose prompts the library `openai_harmony` makes. It fetches its vocabulary from the
 * internet unless `TIKTOKEN_ENCODINGS_BASE` says where `o200k_base.tiktoken` lies (vllm-project/vllm#22525, openai/harmony#95, read
 * 2026-11-21); without a way out the server does not start.
 */
export const isHarmony = (...names: readonly string[]): boolean => names.some((name) => /gpt-?oss/i.test(name));
