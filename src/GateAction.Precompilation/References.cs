using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace GateAction.Precompilation;

/// <summary>The assemblies and types that a profile refers to, each written once.</summary>
internal sealed class References(MetadataBuilder metadata, Assemblies assemblies)
{
    public const string CanonName = "System.__Canon";
    public const string CoreLibrary = "System.Private.CoreLib";

    private readonly Dictionary<string, AssemblyReferenceHandle> _assemblies = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Assembly, string Name), TypeReferenceHandle> _types = [];

    public Assemblies Assemblies => assemblies;

    /// <summary>The assemblies referred to since it was cleared.</summary>
    public SortedSet<string> Used { get; } = new(StringComparer.Ordinal);

    public int CodedType(string name, string? assembly) => CodedIndex.TypeDefOrRef(Type(name, assembly));

    public TypeReferenceHandle Type(string name, string? assembly)
    {
        assembly ??= name == CanonName ? CoreLibrary : Assemblies.Find(name).First().Assembly;
        Used.Add(assembly);
        if (!_types.TryGetValue((assembly, name), out var known))
            _types[(assembly, name)] = known = Add(name, assembly);
        return known;
    }

    public AssemblyReferenceHandle Assembly(string name)
    {
        if (!_assemblies.TryGetValue(name, out var known))
            _assemblies[name] = known = metadata.AddAssemblyReference(metadata.GetOrAddString(name), new Version(0, 0, 0, 0), default, default, default, default);
        return known;
    }

    private TypeReferenceHandle Add(string name, string assembly)
    {
        if (name.LastIndexOf('+') is > 0 and var nested)
            return metadata.AddTypeReference(Type(name[..nested], assembly), default, metadata.GetOrAddString(name[(nested + 1)..]));
        var dot = name.LastIndexOf('.');
        return metadata.AddTypeReference(Assembly(assembly), dot < 0 ? default : metadata.GetOrAddString(name[..dot]), metadata.GetOrAddString(name[(dot + 1)..]));
    }
}
