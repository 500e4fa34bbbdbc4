/** Finds the names that a C# file declares, and what is put into each: no more of the language than coded workflows need. */
import { assign } from './assign';
import { type Binding, type CsClass, type CsFile, methodKey, type Scope } from './model';
import { type CsNode, childOf, childrenOf } from './node';
import { typeNameOf } from './type-name';

const classTypes = new Set(['class_declaration', 'struct_declaration', 'record_declaration']);

/** What has names of its own. */
const scopeTypes = new Set([
  ...['block', 'for_statement', 'foreach_statement', 'using_statement', 'switch_section', 'switch_expression_arm', 'catch_clause'],
  ...['lambda_expression', 'anonymous_method_expression', 'local_function_statement', 'accessor_declaration'],
  ...['method_declaration', 'constructor_declaration', 'indexer_declaration'],
]);

/** Names that a value comes into from somewhere else. */
const receivers = new Set([
  'declaration_expression',
  'declaration_pattern',
  'recursive_pattern',
  'var_pattern',
  'catch_declaration',
  'from_clause',
]);

interface Around {
  readonly scope: Scope;
  readonly parent: CsNode;
  /** The method or property that a `return` here gives its value to. */
  readonly result: Binding | undefined;
}

/** What is assigned, looked at once every name is known. */
type Assignments = { readonly node: CsNode; readonly scope: Scope }[];

/** Reads the names of a file. */
export function declareNames(text: string, root: CsNode, isGenerated: boolean): CsFile {
  const file: CsFile = { text, root, scopes: new Map(), classes: new Map(), isGenerated };
  const scope: Scope = { parent: undefined, names: new Map(), owner: undefined, file };
  file.scopes.set(root, scope);
  const assignments: Assignments = [];
  visit(assignments, root, { scope, parent: root, result: undefined });
  for (const { node, scope: place } of assignments) assign(node, place);
  return file;
}

function visit(assignments: Assignments, node: CsNode, around: Around): void {
  const { scope: outer, parent } = around;
  const scope = enter(node, outer);
  const own = declare(node, scope, outer, parent);
  // In an initializer the left side is a property of what is made.
  const isAssignment = node.type === 'assignment_expression' && parent.type !== 'initializer_expression';
  if (isAssignment || (node.type === 'argument' && isHandedOut(node))) assignments.push({ node, scope });
  const isResult = node.type === 'return_statement' || (node.type === 'arrow_expression_clause' && parent.type !== 'lambda_expression');
  const isInner = node.type === 'lambda_expression' || node.type === 'anonymous_method_expression';
  const result = own ?? (isInner ? undefined : around.result);
  const value = node.children[0];
  if (isResult && value && result) result.values.push({ node: value, scope });
  for (const child of node.children) visit(assignments, child, { scope, parent: node, result });
}

function isHandedOut({ children }: CsNode): boolean {
  return children.some(({ type }) => type === 'ref' || type === 'out');
}

function enter(node: CsNode, outer: Scope): Scope {
  const isClass = classTypes.has(node.type);
  if (!isClass && !scopeTypes.has(node.type)) return outer;
  const { file } = outer;
  const scope: Scope = { parent: outer, names: new Map(), owner: isClass ? classOf(file, node) : undefined, file };
  file.scopes.set(node, scope);
  return scope;
}

/** The class that a node declares; parts of one class are one. */
function classOf({ text, classes, isGenerated }: CsFile, node: CsNode): CsClass {
  const name = nameOf(text, node);
  const found: CsClass = classes.get(name) ?? { name, members: new Map(), bases: [], isPartial: false, isGenerated };
  found.bases.push(...childrenOf(node, 'base_list').flatMap((list) => list.children.flatMap((base) => typeNameOf(text, base) ?? [])));
  found.isPartial ||= modifiersOf(text, node).includes('partial');
  classes.set(name, found);
  return found;
}

/** Declares what a node declares; gives the binding that a `return` inside belongs to. */
function declare(node: CsNode, scope: Scope, outer: Scope, parent: CsNode): Binding | undefined {
  const { text } = scope.file;
  const type = () => typeNameOf(text, childOf(node, 'type') ?? childOf(node, 'returns'));
  switch (node.type) {
    case 'variable_declaration':
      for (const variable of childrenOf(node, 'variable_declarator')) declareVariable(node, variable, scope, parent);
      return undefined;
    case 'property_declaration': {
      const accessors = childOf(node, 'accessors')?.children ?? [];
      const isSettable = accessors.some((accessor) => /^(set|init)$/.test(nameOf(text, accessor)));
      const binding = addMember(scope, node, nameOf(text, node), type(), isSettable);
      const value = childOf(node, 'value');
      if (value && value.type !== 'arrow_expression_clause') binding?.values.push({ node: value, scope });
      return binding;
    }
    case 'method_declaration':
      return addMember(outer, node, methodKey(nameOf(text, node)), type(), false);
    case 'local_function_statement':
      return add(outer, methodKey(nameOf(text, node)), type());
    case 'parameter':
      return receive(classTypes.has(parent.type) ? outer : scope, nameOf(text, node), type());
    case 'implicit_parameter':
      return receive(scope, text.slice(node.start, node.end), undefined);
    case 'foreach_statement':
      return receive(scope, nameOf(text, node, 'left'), type());
    default:
      return receivers.has(node.type) && childOf(node, 'name') ? receive(scope, nameOf(text, node), type()) : undefined;
  }
}

function declareVariable(declaration: CsNode, variable: CsNode, scope: Scope, parent: CsNode): void {
  const { text } = scope.file;
  const type = typeNameOf(text, childOf(declaration, 'type'));
  const name = nameOf(text, variable);
  const isField = parent.type === 'field_declaration';
  const isFixed = isField && modifiersOf(text, parent).some((word) => word === 'const' || word === 'readonly');
  const binding = isField ? addMember(scope, parent, name, type, !isFixed) : add(scope, name, type);
  const value = variable.children.find(({ field, type: kind }) => field !== 'name' && kind !== 'bracketed_argument_list');
  if (value) binding?.values.push({ node: value, scope });
}

/** A member that other files can set is one that anything may be in. */
function addMember(scope: Scope, node: CsNode, name: string, type: string | undefined, isSettable: boolean): Binding | undefined {
  const { owner, file } = scope;
  if (!owner) return undefined;
  const isVisible = !file.isGenerated && modifiersOf(file.text, node).some((word) => /^(public|protected|internal)$/.test(word));
  const before = owner.members.get(name);
  // Overloads of a method: any of them may be meant.
  if (before) return before;
  const binding = { name, type, values: [], isOpen: isVisible && isSettable, isShared: isVisible || owner.isPartial };
  owner.members.set(name, binding);
  return binding;
}

function add(scope: Scope, name: string, type: string | undefined): Binding {
  const binding = scope.names.get(name) ?? { name, type, values: [], isOpen: false, isShared: false };
  scope.names.set(name, binding);
  return binding;
}

function receive(scope: Scope, name: string, type: string | undefined): undefined {
  const binding = add(scope, name, type);
  binding.isOpen = true;
}

function nameOf(text: string, node: CsNode, field = 'name'): string {
  const name = childOf(node, field);
  return name ? text.slice(name.start, name.end) : '';
}

function modifiersOf(text: string, node: CsNode): string[] {
  return childrenOf(node, 'modifier').map(({ start, end }) => text.slice(start, end));
}
