/** Finds the names that a C# file declares, and what is put into each: no more of the language than coded workflows need. */
import { assign, partsOfTuple } from './assign';
import {
  add,
  addMember,
  fill,
  isPassedBack,
  modifiersOf,
  nameOf,
  openMember,
  receive,
  receiveAll,
  takeApart,
  withParameters,
} from './bindings';
import { goesThroughArgument } from './lists';
import { type Binding, type CsClass, type CsFile, type Located, methodKey, nameIn, type Scope } from './model';
import { type CsNode, childOf, childrenOf, lastOf, wordOf } from './node';
import { readUsings, typeIn } from './usings';

const classTypes = new Set(['class_declaration', 'struct_declaration', 'record_declaration']);

/** What has names of its own. */
const scopeTypes = new Set([
  ...['block', 'for_statement', 'foreach_statement', 'using_statement', 'switch_section', 'switch_expression_arm', 'catch_clause'],
  ...['lambda_expression', 'anonymous_method_expression', 'local_function_statement', 'accessor_declaration'],
  ...['method_declaration', 'constructor_declaration', 'indexer_declaration'],
]);

interface Around {
  readonly scope: Scope;
  readonly parent: CsNode;
  /** The method or property that a `return` here gives its value to. */
  readonly result: Binding | undefined;
  /** The call whose argument this is. */
  readonly call: CsNode | undefined;
  /** What the cases here are cases of. */
  readonly switched: Located | undefined;
}

/** What is assigned, looked at once every name is known. */
type Assignments = { readonly node: CsNode; readonly scope: Scope }[];

/** Reads the names of a file. */
export function declareNames({ path, text, isGenerated }: Pick<CsFile, 'path' | 'text' | 'isGenerated'>, root: CsNode): CsFile {
  const file: CsFile = { path, text, root, scopes: new Map(), classes: new Map(), usings: readUsings(text), isGenerated };
  const scope: Scope = { parent: undefined, names: new Map(), owner: undefined, file };
  file.scopes.set(root, scope);
  const assignments: Assignments = [];
  visit(assignments, root, { scope, parent: root, result: undefined, call: undefined, switched: undefined });
  for (const { node, scope: place } of assignments) assign(node, place);
  return file;
}

function visit(assignments: Assignments, node: CsNode, around: Around): void {
  const { scope: outer, parent } = around;
  const scope = enter(node, outer);
  if (node.type === 'lambda_expression' && around.call) takeElement(node, scope, { node: around.call, scope: outer });
  const own = declare(node, scope, outer, around);
  // In an initializer the left side is a property of what is made.
  const isAssignment = node.type === 'assignment_expression' && parent.type !== 'initializer_expression';
  if (isAssignment || (node.type === 'argument' && isHandedOut(node))) assignments.push({ node, scope });
  const isResult = node.type === 'return_statement' || (node.type === 'arrow_expression_clause' && parent.type !== 'lambda_expression');
  const isInner = node.type === 'lambda_expression' || node.type === 'anonymous_method_expression';
  const result = own ?? (isInner ? undefined : around.result);
  const value = node.children[0];
  if (isResult && value && result) result.values.push({ node: value, scope });
  const isCall = node.type === 'invocation_expression';
  const call = isCall ? node : node.type === 'argument_list' || node.type === 'argument' ? around.call : undefined;
  const subject = node.type === 'switch_statement' ? childOf(node, 'value') : node.type === 'switch_expression' ? value : undefined;
  const switched = subject ? { node: subject, scope } : around.switched;
  for (const child of node.children) visit(assignments, child, { scope, parent: node, result, call, switched });
}

/** A function that a list, or a loop over one, is given gets each of its elements: `mails.ForEach(mail => …)`, `Parallel.ForEach(mails, mail => …)`. */
function takeElement(lambda: CsNode, scope: Scope, { node: call, scope: outer }: Located): void {
  const { file } = scope;
  const called = childOf(call, 'function');
  const holder = childOf(called, 'expression') ?? childOf(called, 'condition');
  const [first] = childrenOf(childOf(call, 'arguments'), 'argument');
  const list = goesThroughArgument(nameIn(file, holder)) ? first && lastOf(first) : holder;
  const parameters = childOf(lambda, 'parameters');
  const parameter = parameters?.type === 'implicit_parameter' ? parameters : childrenOf(parameters, 'parameter')[0];
  if (!list || !parameter || list === lambda) return;
  const name = parameter === parameters ? nameIn(file, parameter) : nameOf(file.text, parameter);
  fill(add(scope, name, typeIn(file, childOf(parameter, 'type')), parameter), { node: list, scope: outer, isElement: true });
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
function classOf(file: CsFile, node: CsNode): CsClass {
  const { text, classes, isGenerated } = file;
  const name = nameOf(text, node);
  const found: CsClass = classes.get(name) ?? { name, members: new Map(), bases: [], isPartial: false, isGenerated };
  found.bases.push(
    ...childrenOf(node, 'base_list').flatMap((list) => list.children.flatMap((base) => typeIn(file, base)?.replace(/<.*/, '') ?? [])),
  );
  found.isPartial ||= modifiersOf(text, node).includes('partial');
  classes.set(name, found);
  return found;
}

/** Declares what a node declares; gives the binding that a `return` inside belongs to. */
function declare(node: CsNode, scope: Scope, outer: Scope, { parent, call, switched }: Around): Binding | undefined {
  const { text } = scope.file;
  const type = () => typeIn(scope.file, childOf(node, 'type') ?? childOf(node, 'returns'));
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
      return withParameters(addMember(outer, node, methodKey(nameOf(text, node)), type(), false), node, scope);
    case 'local_function_statement':
      return withParameters(add(outer, methodKey(nameOf(text, node)), type(), node), node, scope);
    case 'parameter':
      return receive(scope, nameOf(text, node), type(), node, { goesOut: isPassedBack(node, text) });
    case 'record_declaration':
      // What stands in the brackets of a record are properties of it.
      for (const parameter of childrenOf(
        node.children.find((child) => child.type === 'parameter_list'),
        'parameter',
      ))
        scope.owner?.members.set(nameOf(text, parameter), openMember(parameter, scope));
      return undefined;
    case 'implicit_parameter':
      return receive(scope, wordOf(text, node), undefined, node);
    case 'foreach_statement':
    case 'from_clause': {
      const list = childOf(node, 'right') ?? lastOf(node);
      const left = childOf(node, 'left');
      if (left?.type === 'tuple_pattern') return receiveAll(left, scope);
      const name = nameOf(text, node, node.type === 'from_clause' ? 'name' : 'left');
      return list && fill(add(scope, name, type(), node), { node: list, scope: outer, isElement: true });
    }
    case 'declaration_pattern':
    case 'recursive_pattern':
    case 'var_pattern': {
      const name = nameOf(text, node);
      if (name === '') return undefined;
      const tested = parent.type === 'is_pattern_expression' ? childOf(parent, 'expression') : undefined;
      const isCase = parent.type === 'switch_section' || parent.type === 'switch_expression_arm';
      const value = tested ? { node: tested, scope } : isCase ? switched : undefined;
      return value ? fill(add(scope, name, type(), node), value) : receive(scope, name, type(), node);
    }
    case 'declaration_expression': {
      const index = call && parent.type === 'argument' ? childrenOf(childOf(call, 'arguments'), 'argument').indexOf(parent) : -1;
      const handed = call && index >= 0 ? { handed: { call, index, scope: outer } } : {};
      return childOf(node, 'name') ? receive(scope, nameOf(text, node), type(), node, handed) : undefined;
    }
    case 'catch_declaration':
      return childOf(node, 'name') ? receive(scope, nameOf(text, node), type(), node) : undefined;
    default:
      return undefined;
  }
}

function declareVariable(declaration: CsNode, variable: CsNode, scope: Scope, parent: CsNode): void {
  const { text } = scope.file;
  const type = typeIn(scope.file, childOf(declaration, 'type'));
  const pattern = variable.children.find(({ type: kind }) => kind === 'tuple_pattern');
  if (pattern) {
    takeApart(pattern, partsOfTuple(lastOf(variable)), scope);
    return;
  }
  const name = nameOf(text, variable);
  const isField = parent.type === 'field_declaration';
  const isFixed = isField && modifiersOf(text, parent).some((word) => word === 'const' || word === 'readonly');
  const binding = isField ? addMember(scope, parent, name, type, !isFixed, variable) : add(scope, name, type, variable);
  const value = variable.children.find(({ field, type: kind }) => field !== 'name' && kind !== 'bracketed_argument_list');
  if (value) binding?.values.push({ node: value, scope });
}
