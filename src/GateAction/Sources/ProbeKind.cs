using GateAction.Cel.Values;
using GateAction.Syntax;

namespace GateAction.Sources;

/// <summary>A kind of probe: the key by which the manifest asks for it, how it is read, and the facts it can yield.</summary>
/// <param name="Name">The field that says the kind (<c>http: /health</c>); <paramref name="Read"/> names that field too.</param>
/// <param name="Read">Names every field of the kind, as <see cref="Mapping"/> wants it.</param>
/// <param name="Facts">An object type; it is what conditions are checked against before anything is measured.</param>
internal sealed record ProbeKind(string Name, string Description, Func<Fields, Probe> Read, FactType Facts);
