/** A value inside a document: one line, nothing that Markdown or a shell would act on. */
export const text = (value: unknown): string => String(value).replace(/[^\w.:/@ -]/g, '');
