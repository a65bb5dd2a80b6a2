using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using GateAction.Precompilation;

namespace GateAction.Tests.Precompilation;

/// <summary>The profile that the container's build gives to the compiler ahead of time.</summary>
internal sealed class ProfileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gate-profile-").FullName;
    private readonly Assemblies _assemblies;

    public ProfileTests()
    {
        string[] folders = [AppContext.BaseDirectory, Path.GetDirectoryName(typeof(object).Assembly.Location)!];
        foreach (var path in folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.dll")).DistinctBy(Path.GetFileName))
            File.CreateSymbolicLink(Path.Combine(_folder, Path.GetFileName(path)), path);
        _assemblies = new Assemblies(_folder);
    }

    public void Dispose()
    {
        _assemblies.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void The_list_names_what_is_there()
    {
        var profile = new Profile(_assemblies);
        var methods = MethodList.Read(File.ReadLines(Path.Combine(TestFiles.Repository, "src/GateAction.Precompilation/methods.txt"))).ToArray();

        var known = methods.Count(method => MethodList.TryAdd(profile, method));

        Assert.That(known, Is.GreaterThan(methods.Length * 9 / 10), "methods.txt is out of date: docs/decisions/0007 says how it is made");
        Assert.That(profile.Count, Is.GreaterThanOrEqualTo(known));
    }

    [Test]
    public void Every_async_method_is_found()
    {
        var machines = StateMachines.Of(_assemblies).Select(NameOfMachine).ToHashSet();

        // Of the program itself only where it is built for release: state machines are classes elsewhere.
        Assert.That(machines, Has.Some.StartsWith("System.Net.Http.HttpConnection+<SendAsync>d__"));
        Assert.That(machines, Has.Some.StartsWith("Google.Apis.Auth.OAuth2.ServiceAccountCredential+<RequestAccessTokenAsync>d__"));
        Assert.That(machines, Has.Count.GreaterThan(500));
    }

    [Test]
    public void A_profile_holds_each_method_in_the_group_of_the_assemblies_that_it_touches()
    {
        var profile = new Profile(_assemblies);
        Add(profile, "System.Collections.Generic.List`1[GateAction.Cel.Values.Value]:Add Clear");
        Add(profile, "System.Array:IndexOf[int]");
        Add(profile, "System.Linq.Enumerable+Iterator`1[bool]:Dispose");
        foreach (var method in StateMachines.Of(_assemblies).Where(method => NameOfMachine(method).StartsWith("System.Net.Http.HttpConnection+<SendAsync>", StringComparison.Ordinal)))
            profile.Add(method);

        var groups = Read(profile);

        Assert.That(groups.Keys, Is.EquivalentTo(new[] { "System.Linq;", "System.Private.CoreLib;", "System.Private.CoreLib;GateAction.Cel;", "System.Private.CoreLib;System.Net.Http;" }));
        Assert.That(groups["System.Linq;"], Is.EqualTo(new[] { "Dispose" }));
        Assert.That(groups["System.Private.CoreLib;GateAction.Cel;"], Is.EqualTo(new[] { "Add", "AddWithResize", "Clear" }).Or.EqualTo(new[] { "Add", "Clear" }));
        Assert.That(groups["System.Private.CoreLib;"], Is.EqualTo(new[] { "IndexOf", "IndexOf", "IndexOf" }), "with each of its overloads");
        Assert.That(groups["System.Private.CoreLib;System.Net.Http;"], Does.Contain("MoveNext").And.Contain("ExecutionContextCallback"));
    }

    [Test]
    public void The_list_is_made_of_what_the_runtime_says_it_compiled_and_of_the_list_before()
    {
        string[] compiled =
        [
            "   1: JIT compiled System.Array:IndexOf[int](int[],int):int [Tier0, IL size=10, code size=20]",
            "   2: JIT compiled System.Collections.Generic.List`1[System.ValueTuple`2[System.__Canon,int]]:Clear() [Instrumented Tier0, IL size=10, code size=20]",
            "   3: JIT compiled System.Collections.Generic.List`1[System.ValueTuple`2[System.__Canon,int]]:Add(System.ValueTuple`2[System.__Canon,int]) [Tier1, IL size=10, code size=20]",
            "   4: JIT compiled System.Collections.Generic.List`1[System.ValueTuple`2[System.__Canon,int]]:Add(System.ValueTuple`2[System.__Canon,int]) [Tier1, IL size=10, code size=20]",
            "   5: JIT compiled System.String:Trim() [Tier0, IL size=10, code size=20]",
            "   6: JIT compiled Nowhere.List`1[int]:Clear() [Tier0, IL size=10, code size=20]",
            "   7: JIT compiled System.Collections.Generic.List`1[int]:Forget() [Tier0, IL size=10, code size=20]",
            $"   8: JIT compiled {StateMachines.Of(_assemblies).Select(method => $"{method.Owner.Name}[System.__Canon,{NameOfMachine(method)}]").First()}:MoveNext() [Tier0, IL size=10, code size=20]",
            "",
            "# a remark",
            "System.Collections.Generic.List`1[System.ValueTuple`2[System.__Canon,int]]:Clear Sort",
        ];

        Assert.That(MethodList.Of(_assemblies, compiled), Is.EqualTo(new[]
        {
            "System.Array:IndexOf[int]",
            "System.Collections.Generic.List`1[System.ValueTuple`2[System.__Canon,int]]:Add Clear Sort",
        }));
    }

    [TestCase("System.String", "'System.String' is not written as 'type:method'")]
    [TestCase(":Trim", "':Trim' is not written as 'type:method'")]
    [TestCase("System.String:", "'System.String:' is not written as 'type:method'")]
    [TestCase("int[]:Length", "'int[]' has no methods")]
    public void What_is_no_method_is_refused(string line, string message) =>
        Assert.That(() => MethodName.Parse(line).ToArray(), Throws.TypeOf<UnknownMethodException>().With.Message.EqualTo(message));

    [TestCase("Nowhere.Text:Trim", "there is no type 'Nowhere.Text'")]
    [TestCase("System.Text.StringBuilder:Forget", "type 'System.Text.StringBuilder' has no such method")]
    [TestCase("System.Text.StringBuilder:Append[int]", "type 'System.Text.StringBuilder' has no such method")]
    [TestCase("System.RuntimeTypeHandle:GetActivationInfo", "its signature holds a function pointer")]
    public void What_the_assemblies_do_not_hold_is_left_out(string line, string message) =>
        Assert.That(() => Add(new Profile(_assemblies), line), Throws.TypeOf<UnknownMethodException>().With.Message.EqualTo(message));

    private static string NameOfMachine(MethodName method) => ((Shape.Named)method.Owner.Arguments[1]).Name;

    private static void Add(Profile profile, string line)
    {
        foreach (var method in MethodName.Parse(line))
            profile.Add(method);
    }

    private static Dictionary<string, string[]> Read(Profile profile)
    {
        using var stream = new MemoryStream();
        profile.Write(stream);
        stream.Position = 0;
        using var file = new PEReader(stream);
        var reader = file.GetMetadataReader();
        var methods = reader.MethodDefinitions.Select(reader.GetMethodDefinition).ToDictionary(method => method, method => file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!);
        var dictionary = methods.Single(method => reader.StringComparer.Equals(method.Key.Name, "AssemblyDictionary")).Value;
        var groups = new Dictionary<string, string[]>();
        for (var at = 0; dictionary[at] != (byte)ILOpCode.Ret; at += 11)
        {
            var name = reader.GetUserString((UserStringHandle)MetadataTokens.Handle(BitConverter.ToInt32(dictionary, at + 1)));
            var group = reader.GetMethodDefinition((MethodDefinitionHandle)MetadataTokens.Handle(BitConverter.ToInt32(dictionary, at + 6)));
            groups[name] = [.. NamesIn(reader, file.GetMethodBody(group.RelativeVirtualAddress).GetILBytes()!)];
        }
        return groups;
    }

    private static IEnumerable<string> NamesIn(MetadataReader reader, byte[] instructions)
    {
        for (var at = 0; instructions[at] != (byte)ILOpCode.Ret; at += 6)
        {
            var token = MetadataTokens.Handle(BitConverter.ToInt32(instructions, at + 1));
            var member = token.Kind == HandleKind.MethodSpecification ? reader.GetMethodSpecification((MethodSpecificationHandle)token).Method : (EntityHandle)token;
            yield return reader.GetString(reader.GetMemberReference((MemberReferenceHandle)member).Name);
        }
    }
}
