using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace GateAction.Precompilation;

/// <summary>Reads signatures as shapes.</summary>
internal sealed class SignatureShapes : ISignatureTypeProvider<Shape, object?>
{
    public static readonly SignatureShapes Instance = new();

    public Shape GetPrimitiveType(PrimitiveTypeCode typeCode) => new Shape.Primitive(typeCode);

    public Shape GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => new Shape.Named(Assemblies.NameOf(reader, handle), []);

    public Shape GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => new Shape.Named(Assemblies.NameOf(reader, handle), []);

    public Shape GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public Shape GetGenericInstantiation(Shape genericType, ImmutableArray<Shape> typeArguments) => ((Shape.Named)genericType) with { Arguments = typeArguments };

    public Shape GetGenericTypeParameter(object? genericContext, int index) => new Shape.Parameter(SignatureTypeCode.GenericTypeParameter, index);

    public Shape GetGenericMethodParameter(object? genericContext, int index) => new Shape.Parameter(SignatureTypeCode.GenericMethodParameter, index);

    public Shape GetSZArrayType(Shape elementType) => new Shape.Derived(SignatureTypeCode.SZArray, elementType);

    public Shape GetByReferenceType(Shape elementType) => new Shape.Derived(SignatureTypeCode.ByReference, elementType);

    public Shape GetPointerType(Shape elementType) => new Shape.Derived(SignatureTypeCode.Pointer, elementType);

    public Shape GetModifiedType(Shape modifier, Shape unmodifiedType, bool isRequired) => new Shape.Modified(isRequired, modifier, unmodifiedType);

    public Shape GetPinnedType(Shape elementType) => throw Unsupported("a pinned type");

    public Shape GetArrayType(Shape elementType, ArrayShape shape) => throw Unsupported("an array of several dimensions");

    public Shape GetFunctionPointerType(MethodSignature<Shape> signature) => throw Unsupported("a function pointer");

    private static UnknownMethodException Unsupported(string what) => new($"its signature holds {what}");
}
