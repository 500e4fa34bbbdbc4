/** The help texts. */

export const help = `m365-scopes: which Microsoft Graph scopes an automation needs, declares, lacks and has too many of.

Usage
  m365-scopes check [paths…]   report what is missing, too much or wrong   (default: the current folder)
  m365-scopes fix   [paths…]   apply the preferred fixes
  m365-scopes list  [paths…]   show, for each scope and connection: required, declared, the difference
  m365-scopes init  [path]     write the first m365-automation.json of a project, from what its workflows say
  m365-scopes entra [paths…]   the least to register in Microsoft Entra, app by app, ready to paste
  m365-scopes explain WHAT     tell all about a scope, an activity, a Graph request such as "GET /me/messages",
                               or an error of signing in such as AADSTS65001
  m365-scopes lsp              start the language server over stdio, for editors
  m365-scopes catalog info     what the catalogue of permissions holds, and of which day it is
  m365-scopes catalog import   make permissions, operations and covers anew from public files

Options of check
  --format text|json           how to report (text)
  -o, --output FILE            write the report to a file
  --fail-on LEVEL              error, warning, information or never: from where the exit code is 1 (error)
  --rule ID=SEVERITY           error, warning, information, hint or off; may be given several times
  --stdin --stdin-filename P   check the text on standard input in place of the file P
  --sign-in client-credentials|device-code   ask Entra first what was granted to the manifest's app: see docs/sign-in-ci.md.
                               The app's secret or certificate: M365_SCOPES_CLIENT_SECRET or M365_SCOPES_CLIENT_CERTIFICATE
  --connection ID              of --sign-in: the app of this connection

Options of fix
  --dry-run                    print a unified diff, write nothing
  --rule ID                    mend only findings of this rule, hints too; may be given several times
  --format text|json, --fail-on LEVEL   for the report of what is left

Options of init
  --dry-run                    print the file, write nothing

Options of check and list
  --granted FILE               compare with what Entra granted, without a network: oauth2PermissionGrants or appRoleAssignments
                               as Graph, az or PowerShell write them, {"scp": "…"} or {"roles": […]}; may be given twice
  --connection ID              whose grants FILE holds, by the key or GUID of a connection, where several could be meant

Options of list, entra and explain
  --format text|json, -o, --output FILE

Options of catalog
  --format text|json, --names   of info: --names lists every permission
  --permissions FILE           of import: the permissions.json of Microsoft Graph in Kibali form
  --service-principal FILE     of import: what "az ad sp show --id 00000003-0000-0000-c000-000000000000" prints,
                               or its two lists apart: --delegated FILE --application FILE
  --date YYYY-MM-DD            of import: the day the files are of (that of the newest file)
  -o, --output DIR             of import: where to write permissions.json, operations.json and covers.json

Everywhere but lsp and catalog import
  --catalog DIR                a folder with catalogue files to use in place of the bundled ones, as catalog import writes them

Everywhere
  --no-color   -h, --help   --version

Exit codes, the highest wins
  0 clean   1 findings at or above --fail-on   2 wrong usage, a path that is not there, nothing to check   3 internal fault

Files: workflows (*.xaml, coded *.cs), project.json, bindings_v2.json, m365-automation.json, manifests of Entra apps (*.entra.json,
aad.manifest.json, or as m365-automation.json names them). Nothing is sent anywhere without --sign-in; nothing of a project is run.
`;
