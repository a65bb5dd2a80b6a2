using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace GateAction.Precompilation;

/// <summary>A type as it stands in a signature (ECMA-335, II.23.2.12).</summary>
internal abstract record Shape
{
    private const byte GenericInstance = 0x15;
    private const byte ClassType = 0x12;
    private const byte ValueType = 0x11;

    public abstract void Write(BlobBuilder blob, References references);

    /// <summary>What is compiled once for all reference types: <c>System.__Canon</c> in their place.</summary>
    public virtual Shape Shared(Assemblies assemblies) => this;

    internal sealed record Primitive(PrimitiveTypeCode Code) : Shape
    {
        public override void Write(BlobBuilder blob, References references) => blob.WriteByte((byte)Code);

        public override Shape Shared(Assemblies assemblies) => Code is PrimitiveTypeCode.String or PrimitiveTypeCode.Object ? Named.Canon : this;
    }

    /// <param name="Name">With namespace and outer types: <c>System.Linq.Enumerable+Iterator`1</c>.</param>
    /// <param name="Assembly">Null where the name alone tells it.</param>
    internal sealed record Named(string Name, ImmutableArray<Shape> Arguments, string? Assembly = null) : Shape
    {
        public static readonly Named Canon = new(References.CanonName, []);

        public override void Write(BlobBuilder blob, References references)
        {
            if (Arguments.Length > 0)
                blob.WriteByte(GenericInstance);
            blob.WriteByte(references.Assemblies.IsValueType(Name) ? ValueType : ClassType);
            blob.WriteCompressedInteger(references.CodedType(Name, Assembly));
            if (Arguments.Length == 0)
                return;
            blob.WriteCompressedInteger(Arguments.Length);
            foreach (var argument in Arguments)
                argument.Write(blob, references);
        }

        public override Shape Shared(Assemblies assemblies) =>
            assemblies.IsValueType(Name) ? this with { Arguments = [.. Arguments.Select(argument => argument.Shared(assemblies))] } : Canon;
    }

    /// <param name="Kind">Array of one dimension, by reference, or pointer.</param>
    internal sealed record Derived(SignatureTypeCode Kind, Shape Element) : Shape
    {
        public override void Write(BlobBuilder blob, References references)
        {
            blob.WriteByte((byte)Kind);
            Element.Write(blob, references);
        }

        public override Shape Shared(Assemblies assemblies) => Kind == SignatureTypeCode.SZArray ? Named.Canon : this;
    }

    /// <param name="Kind">Of the type or of the method.</param>
    internal sealed record Parameter(SignatureTypeCode Kind, int Index) : Shape
    {
        public override void Write(BlobBuilder blob, References references)
        {
            blob.WriteByte((byte)Kind);
            blob.WriteCompressedInteger(Index);
        }
    }

    internal sealed record Modified(bool IsRequired, Shape Modifier, Shape Inner) : Shape
    {
        public override void Write(BlobBuilder blob, References references)
        {
            var modifier = (Named)Modifier;
            blob.WriteByte((byte)(IsRequired ? SignatureTypeCode.RequiredModifier : SignatureTypeCode.OptionalModifier));
            blob.WriteCompressedInteger(references.CodedType(modifier.Name, modifier.Assembly));
            Inner.Write(blob, references);
        }
    }
}
