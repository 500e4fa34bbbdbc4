/** The validators that esbuild.mjs compiles with ajv: `m365:validate-<name>` is schemas/<name>.schema.json. */
declare module 'm365:validate-*' {
  interface CompiledError {
    readonly instancePath: string;
    readonly keyword: string;
    readonly params: Readonly<Record<string, unknown>>;
    readonly message?: string;
  }
  const validate: { (data: unknown): boolean; readonly errors?: readonly CompiledError[] | null };
  export default validate;
}
