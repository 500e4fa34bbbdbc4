/** The validator that esbuild.mjs compiles from schemas/m365-automation.schema.json with ajv. */
declare module 'm365:validate-manifest' {
  interface CompiledError {
    readonly instancePath: string;
    readonly keyword: string;
    readonly params: Readonly<Record<string, unknown>>;
    readonly message?: string;
  }
  const validate: { (data: unknown): boolean; readonly errors?: readonly CompiledError[] | null };
  export default validate;
}
