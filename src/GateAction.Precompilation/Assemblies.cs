using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace GateAction.Precompilation;

/// <summary>A type and where it is defined.</summary>
internal sealed record TypeHome(string Assembly, MetadataReader Reader, TypeDefinitionHandle Handle)
{
    public TypeDefinition Definition => Reader.GetTypeDefinition(Handle);

    public string Name => Assemblies.NameOf(Reader, Handle);
}

/// <summary>The assemblies of one folder, of which nothing is loaded but their metadata.</summary>
internal sealed class Assemblies : IDisposable
{
    private readonly List<PEReader> _files = [];
    private readonly List<TypeHome> _types = [];
    private readonly ILookup<string, TypeHome> _byName;

    public Assemblies(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal))
            Load(new PEReader(File.OpenRead(path)));
        _byName = _types.ToLookup(type => type.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<TypeHome> Types => _types;

    public static string NameOf(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? $"{NameOf(reader, outer)}+{reader.GetString(type.Name)}"
            : Qualify(reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    public static string NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(reader, (TypeReferenceHandle)type.ResolutionScope)}+{reader.GetString(type.Name)}"
            : Qualify(reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    /// <summary>The types of a name: what compilers make has the same name in several assemblies.</summary>
    /// <exception cref="UnknownMethodException">There is none.</exception>
    public IEnumerable<TypeHome> Find(string name) => _byName.Contains(name) ? _byName[name] : throw new UnknownMethodException($"there is no type '{name}'");

    public bool IsValueType(string name)
    {
        if (name == References.CanonName)
            return false;
        var type = Find(name).First();
        return type.Definition.BaseType is { IsNil: false } parent && BaseName(type.Reader, parent) is "System.ValueType" or "System.Enum" && name != "System.Enum";
    }

    public void Dispose()
    {
        foreach (var file in _files)
            file.Dispose();
    }

    private static string Qualify(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";

    private static string BaseName(MetadataReader reader, EntityHandle type) => type.Kind switch
    {
        HandleKind.TypeDefinition => NameOf(reader, (TypeDefinitionHandle)type),
        HandleKind.TypeReference => NameOf(reader, (TypeReferenceHandle)type),
        _ => "",
    };

    private void Load(PEReader file)
    {
        _files.Add(file);
        if (!file.HasMetadata || file.GetMetadataReader() is not { IsAssembly: true } reader)
            return;
        var assembly = reader.GetString(reader.GetAssemblyDefinition().Name);
        _types.AddRange(reader.TypeDefinitions.Select(type => new TypeHome(assembly, reader, type)));
    }
}
