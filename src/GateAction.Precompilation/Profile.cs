using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace GateAction.Precompilation;

/// <summary>
/// A profile (MIBC) that names methods, which the compiler ahead of time compiles although it finds nobody who calls them. It is an assembly: a global
/// method <c>AssemblyDictionary</c> loads the name of each group, the assemblies that its methods touch, and the token of a method, which loads theirs
/// (https://github.com/dotnet/runtime/blob/main/src/coreclr/tools/aot/ILCompiler.ReadyToRun/IBC/MIbcProfileParser.cs).
/// </summary>
internal sealed class Profile
{
    private readonly MetadataBuilder _metadata = new();
    private readonly References _references;
    private readonly SortedDictionary<string, List<EntityHandle>> _groups = new(StringComparer.Ordinal);

    public Profile(Assemblies assemblies) => _references = new References(_metadata, assemblies);

    public int Count => _groups.Values.Sum(group => group.Count);

    /// <summary>Adds a method with its overloads.</summary>
    /// <exception cref="UnknownMethodException">The assemblies hold no such method.</exception>
    public void Add(MethodName method)
    {
        var added = 0;
        foreach (var type in _references.Assemblies.Find(method.Owner.Name))
        {
            foreach (var handle in type.Definition.GetMethods())
            {
                var definition = type.Reader.GetMethodDefinition(handle);
                if (!IsMeant(method, type.Reader, definition))
                    continue;
                Add(method, type, definition.DecodeSignature(SignatureShapes.Instance, null));
                added++;
            }
        }
        if (added == 0)
            throw new UnknownMethodException($"type '{method.Owner.Name}' has no such method");
    }

    public void Write(Stream output)
    {
        var code = new BlobBuilder();
        var bodies = new MethodBodyStreamEncoder(code);
        var signature = Signature();
        _metadata.AddModule(0, _metadata.GetOrAddString("profile"), _metadata.GetOrAddGuid(default), default, default);
        _metadata.AddAssembly(_metadata.GetOrAddString("profile"), new Version(0, 0, 0, 0), default, default, default, default);
        _metadata.AddTypeDefinition(default, default, _metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        var dictionary = new InstructionEncoder(new BlobBuilder());
        foreach (var (name, methods) in _groups)
        {
            var group = new InstructionEncoder(new BlobBuilder());
            foreach (var method in methods)
                Load(group, method);
            dictionary.LoadString(_metadata.GetOrAddUserString(name));
            Load(dictionary, Define("Group", group));
        }
        Define("AssemblyDictionary", dictionary);
        var image = new BlobBuilder();
        new ManagedPEBuilder(new PEHeaderBuilder(imageCharacteristics: Characteristics.Dll), new MetadataRootBuilder(_metadata), code, deterministicIdProvider: _ => default).Serialize(image);
        image.WriteContentTo(output);

        MethodDefinitionHandle Define(string name, InstructionEncoder instructions)
        {
            instructions.OpCode(ILOpCode.Ret);
            var body = bodies.AddMethodBody(instructions);
            return _metadata.AddMethodDefinition(MethodAttributes.Public | MethodAttributes.Static, MethodImplAttributes.IL, _metadata.GetOrAddString(name), signature, body, MetadataTokens.ParameterHandle(1));
        }
    }

    private static bool IsMeant(MethodName method, MetadataReader reader, MethodDefinition definition) =>
        reader.StringComparer.Equals(definition.Name, method.Name)
        && definition.RelativeVirtualAddress != 0
        && definition.GetGenericParameters().Count == method.Arguments.Length;

    private static void Load(InstructionEncoder instructions, EntityHandle token)
    {
        instructions.OpCode(ILOpCode.Ldtoken);
        instructions.Token(token);
        instructions.OpCode(ILOpCode.Pop);
    }

    private void Add(MethodName method, TypeHome type, MethodSignature<Shape> signature)
    {
        _references.Used.Clear();
        var owner = method.Owner with { Assembly = type.Assembly };
        EntityHandle parent = owner.Arguments.Length == 0
            ? _references.Type(owner.Name, owner.Assembly)
            : _metadata.AddTypeSpecification(Blob(blob => owner.Write(blob, _references)));
        EntityHandle member = _metadata.AddMemberReference(parent, _metadata.GetOrAddString(method.Name), Blob(blob => Write(blob, signature)));
        if (method.Arguments.Length > 0)
            member = _metadata.AddMethodSpecification(member, Blob(blob => WriteArguments(blob, method)));
        string[] touched = [type.Assembly, .. _references.Used.Where(assembly => assembly != type.Assembly)];
        var name = string.Concat(touched.Select(assembly => $"{assembly};"));
        if (!_groups.TryGetValue(name, out var group))
            _groups[name] = group = [];
        group.Add(member);
    }

    private void Write(BlobBuilder blob, MethodSignature<Shape> signature)
    {
        blob.WriteByte(signature.Header.RawValue);
        if (signature.Header.IsGeneric)
            blob.WriteCompressedInteger(signature.GenericParameterCount);
        blob.WriteCompressedInteger(signature.ParameterTypes.Length);
        foreach (var type in signature.ParameterTypes.Prepend(signature.ReturnType))
            type.Write(blob, _references);
    }

    private void WriteArguments(BlobBuilder blob, MethodName method)
    {
        blob.WriteByte((byte)SignatureKind.MethodSpecification);
        blob.WriteCompressedInteger(method.Arguments.Length);
        foreach (var argument in method.Arguments)
            argument.Write(blob, _references);
    }

    private BlobHandle Signature() => Blob(blob => new BlobEncoder(blob).MethodSignature().Parameters(0, returns => returns.Void(), _ => { }));

    private BlobHandle Blob(Action<BlobBuilder> write)
    {
        var blob = new BlobBuilder();
        write(blob);
        return _metadata.GetOrAddBlob(blob);
    }
}
