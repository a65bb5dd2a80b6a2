using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;

namespace GateAction.Tests;

/// <summary>A type and one that it uses, both by namespace and name; nested types and what the compiler makes count as the type around
/// them.</summary>
internal sealed record TypeUse(string FromNamespace, string From, string ToNamespace, string To);

/// <summary>
/// What the types of a compiled assembly use: in signatures, fields, attributes, base types and in the code of methods. A name that the
/// source writes relative to its namespace cannot hide here. Constants and values of enums are copied by the compiler and are not seen.
/// </summary>
internal sealed class CompiledReferences : ISignatureTypeProvider<IEnumerable<EntityHandle>, object?>
{
    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    private readonly PEReader _file;
    private readonly MetadataReader _reader;

    private CompiledReferences(PEReader file) => (_file, _reader) = (file, file.GetMetadataReader());

    /// <summary>Every use of one type by another, the assembly's own and those of other assemblies, each once.</summary>
    public static IReadOnlyList<TypeUse> Of(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        return [.. new CompiledReferences(file).Uses().Distinct()];
    }

    /// <summary>The assemblies that an assembly refers to.</summary>
    public static IReadOnlyList<string> AssembliesOf(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var reader = file.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];
    }

    /// <summary>The types whose values an assembly writes into plain text by <c>$"{value}"</c>, strings and objects apart.</summary>
    public static IReadOnlyList<string> WrittenIntoTextBy(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        return [.. new CompiledReferences(file).WrittenIntoText().Distinct()];
    }

    private IEnumerable<string> WrittenIntoText() =>
        from row in Enumerable.Range(1, _reader.GetTableRowCount(TableIndex.MethodSpec))
        let call = _reader.GetMethodSpecification(MetadataTokens.MethodSpecificationHandle(row))
        where call.Method.Kind == HandleKind.MemberReference
        let method = _reader.GetMemberReference((MemberReferenceHandle)call.Method)
        where _reader.GetString(method.Name) == nameof(DefaultInterpolatedStringHandler.AppendFormatted)
            && NameOf(method.Parent).Name == nameof(DefaultInterpolatedStringHandler)
        from type in call.DecodeSignature(this, null).SelectMany(types => types)
        select NameOf(type).Name;

    private IEnumerable<TypeUse> Uses()
    {
        foreach (var handle in _reader.TypeDefinitions)
        {
            var from = NameOf(handle);
            foreach (var used in UsedBy(_reader.GetTypeDefinition(handle)).SelectMany(TypesIn))
                if (NameOf(used) is var to && to != from && to.Namespace.Length > 0)
                    yield return new(from.Namespace, from.Name, to.Namespace, to.Name);
        }
    }

    private IEnumerable<EntityHandle> UsedBy(TypeDefinition type)
    {
        yield return type.BaseType;
        foreach (var handle in type.GetInterfaceImplementations())
            yield return _reader.GetInterfaceImplementation(handle).Interface;
        foreach (var handle in type.GetCustomAttributes())
            yield return _reader.GetCustomAttribute(handle).Constructor;
        foreach (var used in type.GetFields().SelectMany(handle => _reader.GetFieldDefinition(handle).DecodeSignature(this, null)))
            yield return used;
        foreach (var method in type.GetMethods().Select(_reader.GetMethodDefinition))
        {
            foreach (var used in In(method.DecodeSignature(this, null)).Concat(In(method)))
                yield return used;
        }
    }

    private static IEnumerable<EntityHandle> In(MethodSignature<IEnumerable<EntityHandle>> signature) =>
        signature.ParameterTypes.SelectMany(types => types).Concat(signature.ReturnType);

    private IEnumerable<EntityHandle> In(MethodDefinition method)
    {
        if (method.RelativeVirtualAddress == 0)
            return [];
        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        var locals = body.LocalSignature.IsNil
            ? []
            : _reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(this, null).SelectMany(types => types);
        return [.. locals, .. body.ExceptionRegions.Select(region => region.CatchType).Where(type => !type.IsNil), .. TokensIn(body)];
    }

    private static List<EntityHandle> TokensIn(MethodBodyBlock body)
    {
        var tokens = new List<EntityHandle>();
        var code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            var first = (int)code.ReadByte();
            var operation = OpCodesByValue[first == 0xFE ? 0xFE00 | code.ReadByte() : first];
            switch (operation.OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    tokens.Add(MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    var targets = code.ReadInt32();
                    code.Offset += 4 * targets;
                    break;
                default:
                    code.Offset += SizeOf(operation.OperandType);
                    break;
            }
        }
        return tokens;
    }

    private static int SizeOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };

    /// <summary>The named types behind a handle: the parts of a generic or an array, the type of a member and those of its
    /// signature.</summary>
    private IEnumerable<EntityHandle> TypesIn(EntityHandle handle)
    {
        if (handle.IsNil)
            return [];
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition or HandleKind.TypeReference:
                return [handle];
            case HandleKind.TypeSpecification:
                return _reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null);
            case HandleKind.MethodDefinition:
                return [_reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()];
            case HandleKind.FieldDefinition:
                return [_reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()];
            case HandleKind.MethodSpecification:
                var generic = _reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                return TypesIn(generic.Method).Concat(generic.DecodeSignature(this, null).SelectMany(types => types));
            case HandleKind.MemberReference:
                var member = _reader.GetMemberReference((MemberReferenceHandle)handle);
                var types = member.GetKind() == MemberReferenceKind.Field
                    ? member.DecodeFieldSignature(this, null)
                    : In(member.DecodeMethodSignature(this, null));
                return TypesIn(member.Parent).Concat(types);
            default:
                return [];
        }
    }

    private (string Namespace, string Name) NameOf(EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeReference)
        {
            var reference = _reader.GetTypeReference((TypeReferenceHandle)handle);
            return reference.ResolutionScope.Kind == HandleKind.TypeReference
                ? NameOf(reference.ResolutionScope)
                : (_reader.GetString(reference.Namespace), _reader.GetString(reference.Name));
        }
        var type = _reader.GetTypeDefinition((TypeDefinitionHandle)handle);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? NameOf(outer)
            : (_reader.GetString(type.Namespace), _reader.GetString(type.Name));
    }

    public IEnumerable<EntityHandle> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        [handle];

    public IEnumerable<EntityHandle> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [handle];

    public IEnumerable<EntityHandle> GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle,
        byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public IEnumerable<EntityHandle> GetGenericInstantiation(IEnumerable<EntityHandle> genericType,
        ImmutableArray<IEnumerable<EntityHandle>> typeArguments) =>
        genericType.Concat(typeArguments.SelectMany(types => types));

    public IEnumerable<EntityHandle> GetFunctionPointerType(MethodSignature<IEnumerable<EntityHandle>> signature) => In(signature);

    public IEnumerable<EntityHandle> GetModifiedType(IEnumerable<EntityHandle> modifier, IEnumerable<EntityHandle> unmodifiedType,
        bool isRequired) =>
        modifier.Concat(unmodifiedType);

    public IEnumerable<EntityHandle> GetArrayType(IEnumerable<EntityHandle> elementType, ArrayShape shape) => elementType;

    public IEnumerable<EntityHandle> GetByReferenceType(IEnumerable<EntityHandle> elementType) => elementType;

    public IEnumerable<EntityHandle> GetPinnedType(IEnumerable<EntityHandle> elementType) => elementType;

    public IEnumerable<EntityHandle> GetPointerType(IEnumerable<EntityHandle> elementType) => elementType;

    public IEnumerable<EntityHandle> GetSZArrayType(IEnumerable<EntityHandle> elementType) => elementType;

    public IEnumerable<EntityHandle> GetGenericMethodParameter(object? genericContext, int index) => [];

    public IEnumerable<EntityHandle> GetGenericTypeParameter(object? genericContext, int index) => [];

    public IEnumerable<EntityHandle> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];
}
